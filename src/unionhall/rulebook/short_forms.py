"""Given names and the forms people go by, English and Spanish: knowledge, no rule.

Source: docs/rules/matching.md, section 3.
"""

from __future__ import annotations

from typing import Final

# One name between two strokes, the long form first; a form may belong to several names. Folded.
SHORT_FORMS: Final = """
abigail abby abbie gail | adelaida adela lala | adrian adriano | agustin tin agus | albert al bert bertie |
alberto beto albertico | alejandra ale alex sandra jana | alejandro ale alex alejo jandro |
alexander alex al sasha xander lex | alexandra alex sandra sasha lexi allie | alfonso poncho fonso alfie |
alfred al fred alfie | alfredo fredo fredy freddy | alice ally allie alicia | amanda mandy |
amelia amy millie mely | ana anita anna anne ann annie nancy hannah | andrea andy andie drea | andres andy andre |
andrew andy drew | angela angie angelita | anthony tony | antonia tona toni tonia antonieta |
antonio tony tono toni | araceli celi cheli | armando mando | arnold arnie | arthur art artie | arturo art turo |
augustus gus august | barbara barb barbie babs bobbie | bartholomew bart | beatriz bety betty bea bertha triz |
benjamin ben benny benji benja mincho | bernadette bernie | bernard bernie | bradley brad | brenda bren |
carlos charlie charly carlitos calo | carmen carmela carmelita mela | caroline carrie carol carolyn lina |
catalina cata lina |
catherine katherine kathryn katharine kathleen kate cathy kathy katie kat kay kit kitty cath trina |
cecilia ceci cecy celia | charles charlie chuck chas chip | charlotte charlie lottie | christian chris cristian |
christina christine chris chrissy tina cristina kristina kristin kristine kirsten |
christopher chris topher kit cristobal | clara clarita clarisa | claudia claudi | clifford cliff |
concepcion concha conchita connie | constance connie | consuelo chelo connie | cynthia cindy |
daniel dan danny dani | daniela dani danny | david dave davey davy | deborah debra deb debbie | dennis denny |
dolores lola lolita loly | dominic dom nick | donald don donnie donny | dorothy dot dottie dolly | douglas doug |
edith edie | edmund ed eddie ted | eduardo edu lalo eddie eddy | edward ed eddie ted ned teddy |
eleanor ellie nell nora elena | elena nena ellen helen lena |
elizabeth liz beth betty eliza lisa libby lizzie betsy bess elsie liza isabel | emanuel manuel manny meme |
emiliano emi | emily em emmy | enrique quique kike henry | ernest ernie | ernesto neto ernie |
esperanza espe pelancha | esteban steve teban | estela stella telly | eugene gene | eugenia genia kena |
evangelina eva lina | evelyn eve evie | federico fede fred lico | felipe pipe phil | fernanda fer nanda |
fernando fer nando ferny | florence flo flor | frances fran frankie francie fanny | francis frank fran |
francisca paca panchita fran pancha | francisco paco pancho frank cisco kiko franco quico | franklin frank |
frederick fred freddie freddy fritz | gabriel gabe gabo gaby | gabriela gaby gabi gabby gabriella gabrielle |
gerald gerry jerry | gerardo gera jerry | gilbert gil bert | gilberto gil beto | gloria glo |
gonzalo gonza chalo | graciela chela grace | gregory greg gregg gregorio | guadalupe lupe lupita pita lupillo |
guillermo memo guille william bill | gustavo gus tavo | harold hal harry | harriet hattie | hector tito |
henry hank harry hal | herbert herb bert | hilda hildi | hortensia tencha | hugo hugh | humberto beto berto |
ignacio nacho igna | irene rene | isaac ike zac | isabel isa chabela chavela isabella bella isabelle |
ismael mayel | jacob jake jack | jacqueline jackie jacquie | jaime jimmy james jim | james jim jimmy jamie jay |
jamie james | janet jan jane | jason jay | javier javi xavier | jeffrey jeff geoffrey geoff |
jennifer jen jenny jenni | jeremiah jerry jeremy | jeremy jerry | jerome jerry | jesse jess |
jessica jess jessie | jesus chuy chucho jesse | joan joanie joanne joanna | joaquin quino joaco |
john jack johnny jon jock | jonathan jon john johnny nathan | jorge george coque | jose pepe joe chepe joey |
josefa pepa pepita chepa josie | josefina josie fina chepina | josemaria chema | joseph joe joey jo |
joshua josh | joyce joy | juan juanito john johnny | juana juanita jane | judith judy judi |
julia julie july julieta juliet | julian jules | juliana july | julio julius | karen kari | katrina kat trina |
kenneth ken kenny | kimberly kim kimberley kimmie | laura lori laurie lalita laurita |
lawrence larry laurence lars | leonard leo len lenny | leonardo leo nardo | leopoldo polo leo |
leslie les lesley | leticia lety letty ticha | lewis lew louis lou | lilian lily lili liliana lilia lillian |
lorena lore | lorenzo larry lencho | louis lou louie luis | louise lou lulu luisa | lourdes lulu |
lucas luke lucho | lucia lucy lucha chia | lucinda cindy lucy | luis lucho louis lou wicho | luz lucha lucita |
madeline maddie maddy madeleine madelyn | magdalena magda lena nena malena | manuel manny manolo lolo meme |
manuela manola nela | marcela chela marce | marcelo chelo | marcos mark marcus marco marc |
margaret meg peggy maggie marge margie greta rita meggie madge | margarita mago margo rita maggie marga mague |
maria mary mari marie mia maru marita maritza | mariadelcarmen maricarmen | mariaelena marielena malena |
mariaeugenia maru | mariafernanda mafer marifer | mariaisabel maribel marisa | mariajose majo marijose |
marialuisa marilu malu | mariateresa maite marite | mario marius | marisol sol mari | martha marty marta |
martin marty tincho | matthew matt matty mateo | mauricio mau maury moris | maximilian max | maximiliano max |
maxwell max | megan meg | melissa mel missy lissa | mercedes meche merche mercy | michael mike mick mickey mikey |
michelle shelly micki | miguel mike migue michael | mildred millie | minerva mine | miriam mimi myriam |
mitchell mitch | mohammed mohammad muhammad mohamed mo | monica moni | nancy nan | natalia naty nati talia |
natalie nat natalia natasha | nathan nate | nathaniel nathan nate nat | nicholas nick nicky nicolas nico |
nicole nikki nicky | norma normi | octavio tavo | oliver ollie | olivia liv livia ollie | oscar ozzie |
pablo paul pablito | pamela pam | patricia pat patty tricia trish patsy paty pati | patricio pato |
patrick pat paddy rick | paul pablo | paula pau | paulina pau lina | pedro perico peter pete | penelope penny |
peter pete | philip phil phillip felipe | pilar pili | rachel rach raquel | rafael rafa rafi ralph raphael |
ramon moncho mon ray | raul rul | raymond ray | raymundo ray mundo | rebecca becky becca beck rebeca |
refugio cuca cuco | reynaldo rey naldo | ricardo rick ricky richard richie cardo |
richard rick dick rich ricky richie | robert bob rob bobby robbie bert robby | roberta bobbie robbie berta |
roberto beto rob robert bobby tito | rodolfo rudy fito rolo | rodrigo rod rodri | rogelio roger roy |
roger rog rogelio | roland rollie orlando | ronald ron ronnie | rosa rosita rose rosie rosy |
rosalinda rosa linda rosie | rosario chayo charo rosy | rosemary rose rosie romy | roxana roxy | ruben ben rube |
russell russ | salvador chava sal salva | samantha sam sammy | samuel sam sammy | sandra sandy |
santiago santi chago tiago jim | sara sarah sally sadie sarita | sebastian seb sebas bastian |
sergio checo serge | sharon shari | sheila shelly | silvia sylvia chiva | socorro coco |
sofia sofi sophie sophia fia | soledad sole chole | stephanie steph stefanie stephie estefania fanny |
stephen steven steve stevie stefan | stewart stuart stu | susan sue susie suzy susana suzanne suzie |
susana susy susi susan | teodoro teo doro ted theodore | teresa tere tessie terry theresa tessa teresita |
theodore ted teddy theo | theresa terry tess tessa tracy teresa | thomas tom tommy tomas | timothy tim timmy |
tomas tommy tomasito | trinidad trini | valentina vale tina val | valerie val | vanessa nessa |
veronica vero ronnie roni | vicente chente vince vincent | victor vic vico | victoria vicky vicki tori viki toya |
vincent vince vinny | virgilio virgil | virginia ginny ginger vicky | walter walt wally | wendy gwendolyn gwen |
wilfredo will fredo | william bill will billy willie liam willy | ximena jimena mena | xochitl xochi |
yesenia yesi jessenia jesenia yessenia | yolanda yoli yola | zachary zach zack
"""
