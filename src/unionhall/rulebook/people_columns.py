"""What lists of people and of contacts call their columns, in English and Spanish.

Source: docs/rules/people-lists.md, section 1.
"""

from __future__ import annotations

from typing import Final

from unionhall.rulebook.columns import Wanted

# Columns about somebody else than the person of the line, or about something else.
_OTHERS: Final = frozenset(
    {"emergency", "spouse", "supervisor", "manager", "parent", "guardian", "child", "dependent", "beneficiary",
     "household", "reports", "principal", "emergencia", "conyuge", "jefe", "vendor"}
)  # fmt: skip
_WORKPLACE: Final = frozenset(
    {"work", "worksite", "site", "school", "location", "job", "position", "business", "employer", "company", "office",
     "district", "department", "dept", "unit", "trabajo", "plantel", "escuela"}
)  # fmt: skip
_MAILS: Final = frozenset({"email", "mail", "e", "correo", "ip", "web", "url"})
_PARTS: Final = frozenset({"first", "last", "middle", "given", "family", "preferred", "chosen", "legal"})
_STATE_OF: Final = frozenset(
    {"marital", "immigration", "citizenship", "citizen", "visa", "veteran", "military", "tax", "filing", "health",
     "email", "mail", "phone", "text", "sms", "opt", "dues", "member", "membership", "union", "migratorio"}
)  # fmt: skip


def _words(*sets: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words.split()) for words in sets)


NAMES: Final = (
    Wanted(
        "id",
        ("employee id", "employee number", "employee no", "employee num", "employee", "emp id", "emp no",
         "emp num", "emp number", "emplid", "empl id", "ee id", "ee number", "eid", "personnel number",
         "personnel no", "pernr", "person id", "person number", "staff id", "worker id", "member id",
         "member number", "member no", "numero de empleado", "numero de empleada", "num de empleado",
         "no empleado", "no de empleado", "num empleado", "id empleado", "id de empleado", "clave de empleado",
         "numero de miembro", "numero de socio", "external id", "voter id", "record id", "id", "id number"),
        _words("employee id", "employee number", "employee no", "emp id", "member number", "member id",
         "empleado numero"),
        _OTHERS | _WORKPLACE | {"national", "tax", "state", "record", "card", "type"},
    ),
    Wanted("last_2", ("apellido materno", "segundo apellido", "second last name", "second surname",
    "maternal surname")),
    Wanted(
        "last",
        ("last name", "last", "surname", "family name", "lname", "l name", "legal last name",
         "employee last name", "apellido paterno", "primer apellido", "apellidos", "apellido", "name last",
         "nom famille"),
        _words("last name", "surname", "family name", "apellidos", "apellido"),
        _OTHERS | {"first", "nombre", "preferred", "chosen", "former", "maiden", "4"},
    ),
    Wanted(
        "first",
        ("first name", "first", "given name", "given names", "fname", "f name", "forename", "legal first name",
         "employee first name", "primer nombre", "nombres", "nombre de pila", "nombre", "name first"),
        _words("first name", "given name", "nombre pila"),
        _OTHERS | {"last", "preferred", "chosen", "apellido", "apellidos", "middle"},
    ),
    Wanted(
        "middle",
        ("middle name", "middle", "middle initial", "mi", "m i", "middle names", "segundo nombre",
         "name middle", "mname"),
        _words("middle name", "middle initial"),
        _OTHERS,
    ),
    Wanted("suffix", ("suffix", "name suffix", "sufijo", "generation", "suff"), (), _OTHERS),
    Wanted(
        "name",
        ("full name", "employee name", "name", "member name", "worker name", "person name", "display name",
         "nombre completo", "nombre y apellidos", "apellidos y nombre", "apellidos y nombres",
         "apellidos nombre", "last first", "last first mi", "last first m", "last first middle",
         "last name first name", "name last first", "name last first mi", "employee name last first",
         "nombre del empleado", "nombre de la persona", "legal name", "contact name"),
        _words("full name", "employee name", "nombre completo", "member name"),
        _OTHERS | _WORKPLACE | (_PARTS - {"last", "first", "legal"}) | {"user", "file", "list", "bank", "code"},
    ),
    Wanted(
        "chosen_name",
        ("preferred name", "chosen name", "preferred first name", "nickname", "goes by", "known as",
         "nombre preferido", "nombre elegido", "apodo"),
        _words("preferred name", "chosen name", "preferred first"),
        _OTHERS | {"last"},
    ),
)  # fmt: skip

REACH: Final = (
    Wanted(
        "personal_mail",
        ("personal email", "personal email address", "home email", "home email address", "private email",
         "non work email", "personal mail", "correo personal", "email personal", "correo electronico personal"),
        _words("personal email", "personal e mail", "home email", "correo personal"),
        _OTHERS | _STATE_OF - {"email", "mail"} | {"status"},
    ),
    Wanted(
        "work_mail",
        ("work email", "work email address", "business email", "employee email", "district email",
         "company email", "school email", "office email", "work mail", "correo de trabajo", "correo laboral",
         "email de trabajo", "correo institucional"),
        _words("work email", "work e mail", "business email", "district email", "school email", "office email",
         "correo trabajo"),
        _OTHERS | _STATE_OF - {"email", "mail"} | {"status"},
    ),
    Wanted(
        "mail",
        ("email", "email address", "e mail", "mail", "correo electronico", "correo", "email 1", "primary email",
         "mail address", "email addr"),
        _words("email", "e mail", "correo"),
        _OTHERS | _STATE_OF - {"email", "mail"} | {"status", "type", "id", "date", "at", "2", "alternate"},
    ),
    Wanted(
        "cell",
        ("cell phone", "cell", "cell phone number", "mobile", "mobile phone", "mobile phone number",
         "cell number", "mobile number", "cellphone", "cell no", "personal cell", "text number", "celular",
         "telefono celular", "movil", "telefono movil", "numero de celular"),
        _words("cell", "mobile", "celular", "movil"),
        _OTHERS | _WORKPLACE | {"carrier", "type", "status", "opt", "date", "2"},
    ),
    Wanted(
        "home_phone",
        ("home phone", "home phone number", "home telephone", "home number", "home tel", "landline",
         "telefono de casa", "telefono casa", "telefono particular", "telefono fijo"),
        _words("home phone", "home telephone"),
        _OTHERS | {"type", "status", "2"},
    ),
    Wanted(
        "work_phone",
        ("work phone", "work phone number", "office phone", "business phone", "work telephone", "work number",
         "work cell", "district cell", "work mobile", "telefono de trabajo", "telefono del trabajo",
         "telefono trabajo"),
        _words("work phone", "office phone", "business phone", "work telephone", "work cell", "work mobile"),
        _OTHERS | {"type", "status", "2"},
    ),
    Wanted(
        "phone",
        ("phone", "phone number", "telephone", "telephone number", "phone no", "phone 1", "primary phone",
         "personal phone", "contact number", "contact phone", "tel", "telefono", "numero de telefono",
         "telefono 1", "to number", "recipient", "number", "numero"),
        _words("phone number", "phone", "telephone", "telefono"),
        _OTHERS | _WORKPLACE | {"type", "status", "opt", "date", "at", "carrier", "from", "ext", "extension", "2",
        "alternate",
                                "other", "secondary", "second", "fax"},
    ),
    Wanted(
        "phone_2",
        ("phone 2", "phone number 2", "alternate phone", "other phone", "secondary phone", "second phone",
         "cell phone 2", "telefono 2", "otro telefono", "telefono alterno"),
        (),
        _OTHERS | _WORKPLACE,
    ),
)  # fmt: skip

_PEOPLE: Final = (
    Wanted(
        "job_code",
        ("job code", "job cd", "job class code", "class code", "classification code", "position code",
         "title code", "job class", "codigo de puesto", "clave de puesto", "codigo del puesto"),
        _words("job code", "job cd", "class code", "classification code", "puesto codigo"),
        _OTHERS,
    ),
    Wanted(
        "job",
        ("job title", "job", "position title", "position", "classification", "classification title",
         "class title", "job name", "job description", "working title", "job classification", "title", "class",
         "puesto", "cargo", "ocupacion", "titulo del puesto", "nombre del puesto"),
        _words("job title", "position title", "class title", "classification", "puesto"),
        _OTHERS | {"code", "date", "number", "id", "codigo", "clave"},
    ),
    Wanted(
        "unit",
        ("bargaining unit", "unit", "bargaining unit code", "unit code", "unit name", "bu", "union unit",
         "barg unit", "unidad", "unidad de negociacion", "union code", "employee group", "represented unit"),
        _words("bargaining unit", "unit"),
        _OTHERS | {"business", "address", "number", "apt"},
    ),
    Wanted(
        "department",
        ("department", "department name", "dept", "dept name", "division", "departamento", "area de trabajo"),
        _words("department name", "dept name"),
        _OTHERS | {"code", "id", "number"},
    ),
    Wanted(
        "worksite_code",
        ("worksite code", "work site code", "site code", "location code", "loc code", "loc cd",
         "work location code", "school code", "loc", "location id", "location number", "location no", "site id",
         "site number", "site no", "loc no", "loc id", "worksite id", "worksite number", "cost center",
         "cost center code", "clave del plantel", "codigo de plantel", "clave del centro de trabajo",
         "codigo de escuela"),
        _words("location code", "site code", "worksite code", "school code", "cost center"),
        _OTHERS,
    ),
    Wanted(
        "worksite_address",
        ("worksite address", "work site address", "site address", "work address", "work location address",
         "location address", "school address", "business address", "direccion del plantel",
         "direccion del trabajo"),
        _words("worksite address", "site address", "work address", "location address", "school address"),
        _OTHERS | _MAILS,
    ),
    Wanted(
        "worksite",
        ("worksite", "work site", "worksite name", "work location", "work location name", "location name",
         "site name", "school name", "primary worksite", "primary location", "home school", "location", "site",
         "school", "building", "location description", "plantel", "nombre del plantel", "escuela",
         "lugar de trabajo", "centro de trabajo"),
        _words("worksite name", "site name", "school name", "location name", "work location",
         "location description"),
        _OTHERS | _MAILS | {"code", "id", "address", "city", "zip", "state", "phone", "number", "district"},
    ),
    Wanted("shift", ("shift", "work shift", "shift code", "shift name", "turno"), _words("shift"), _OTHERS | {"pay"}),
    Wanted(
        "hours",
        ("hours", "hours per day", "daily hours", "hrs day", "hours day", "hrs", "assigned hours",
         "hours per week", "weekly hours", "hrs week", "scheduled hours", "standard hours", "horas",
         "horas por dia", "horas por semana"),
        _words("hours day", "daily hours", "hours week"),
        _OTHERS,
    ),
    Wanted(
        "hired_on",
        ("hire date", "date of hire", "date hired", "original hire date", "hired on", "hired", "hire dt",
         "hiredate", "doh", "latest hire date", "employment date", "start date", "seniority date",
         "fecha de contratacion", "fecha de ingreso", "fecha de alta", "fecha contratacion", "fecha ingreso"),
        _words("hire date", "hired", "seniority date", "fecha contratacion", "fecha ingreso"),
        _OTHERS | {"end", "termination", "term"},
    ),
    Wanted("membership",
        ("membership", "membership status", "member status", "membership type", "member type",
         "union membership", "union member", "member", "is member", "dues status", "dues code", "miembro",
         "afiliacion", "afiliado", "afiliada", "membresia", "estado de membresia"),
        _words("membership status", "member status", "union member", "membership"),
        _OTHERS | {"id", "number", "date", "since", "no", "standing"},
    ),
    Wanted("standing",
        ("good standing", "standing", "member standing", "dues standing", "in good standing", "en regla",
         "al corriente", "miembro en regla"),
        _words("good standing"),
        _OTHERS | {"date"},
    ),
    Wanted(
        "status",
        ("status", "employment status", "employee status", "emp status", "empl status", "work status",
         "job status", "assignment status", "hr status", "payroll status", "employee status code", "estatus",
         "situacion", "situacion laboral", "estado laboral", "estatus laboral"),
        _words("employment status", "employee status", "status", "estatus"),
        _OTHERS | _STATE_OF | {"date", "school", "site"},
    ),
    Wanted("birth_month", ("birth month", "month of birth", "mob", "mes de nacimiento", "mes nacimiento"), (), _OTHERS),
    Wanted("birth_day", ("day of birth", "day of month born", "dia de nacimiento", "dia nacimiento"), (), _OTHERS),
    Wanted(
        "birth",
        ("birthday", "birth month day", "birth day", "birth mmdd", "month day of birth", "date of birth",
         "birth date", "birthdate", "dob", "bday", "born", "fecha de nacimiento", "fecha nacimiento",
         "cumpleanos", "nacimiento"),
        _words("birth date", "date birth", "fecha nacimiento"),
        _OTHERS | {"year", "place", "country", "city", "children"},
    ),
)  # fmt: skip

TONGUE: Final = Wanted(
    "language",
    ("language", "preferred language", "language preference", "primary language", "home language",
     "spoken language", "lang", "idioma", "idioma preferido", "lengua", "lenguaje"),
    _words("preferred language", "language preference", "idioma"),
    _OTHERS,
)  # fmt: skip

HOME: Final = (
    Wanted(
        "address",
        ("home address", "address", "street address", "mailing address", "address 1", "address line 1",
         "home address 1", "home address line 1", "home street", "residence address", "residential address",
         "street", "addr", "addr 1", "address1", "mailing address 1", "direccion", "domicilio",
         "direccion particular", "calle", "calle y numero"),
        _words("home address", "mailing address", "street address", "direccion"),
        _OTHERS | _WORKPLACE | _MAILS | {"city", "state", "zip", "2", "status", "date"},
    ),
    Wanted(
        "address_2",
        ("address 2", "address line 2", "home address 2", "home address line 2", "addr 2", "apt", "apartment",
         "apt no", "apt unit", "unit number", "apartamento", "departamento no", "mailing address 2",
         "no interior"),
        (),
        _OTHERS | _MAILS,
    ),
    Wanted(
        "city",
        ("city", "home city", "mailing city", "town", "residence city", "ciudad", "municipio"),
        _words("city", "ciudad"),
        _OTHERS | _WORKPLACE | {"birth"},
    ),
    Wanted(
        "state",
        ("state", "home state", "mailing state", "state code", "st", "estado"),
        _words("home state", "state province"),
        _OTHERS | _WORKPLACE,
    ),
    Wanted(
        "zip",
        ("zip", "zip code", "zipcode", "home zip", "home zip code", "mailing zip", "postal code", "postal", "zip 5",
         "codigo postal", "cp"),
        _words("zip", "postal"),
        _OTHERS | _WORKPLACE,
    ),
)  # fmt: skip

WANTED: Final = (*NAMES, *_PEOPLE, TONGUE, *HOME, *REACH)
FIELDS: Final = tuple(item.field for item in WANTED)
