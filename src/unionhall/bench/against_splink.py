"""Splink on DuckDB over two lists of people: run by the Python of var/build/bench, prints one JSON object.

Arguments: the employer's list, the roster. Written as splink's own guides do it: chances from a random sample, then two
passes of expectation maximization; the rarity of names and worksites counts.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

COLUMNS = ("key", "given", "family", "worksite", "job", "hired", "birth", "phone", "mail")


def settings() -> SettingsCreator:
    """What is compared, and which pairs are looked at."""
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="key",
        blocking_rules_to_generate_predictions=[
            block_on("family", "given"),
            block_on("phone"),
            block_on("mail"),
            block_on("hired", "family"),
            block_on("hired", "given"),
            block_on("worksite", "family"),
            block_on("worksite", "given"),
            block_on("birth", "family"),
            block_on("birth", "given"),
            block_on("substr(family, 1, 3)", "substr(given, 1, 3)"),
            block_on("hired", "substr(family, 1, 2)"),
            block_on("birth", "substr(family, 1, 2)"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison("given", "family"),
            cl.ExactMatch("worksite").configure(term_frequency_adjustments=True),
            cl.ExactMatch("job").configure(term_frequency_adjustments=True),
            cl.ExactMatch("hired").configure(term_frequency_adjustments=True),
            cl.ExactMatch("birth"),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.ExactMatch("mail").configure(term_frequency_adjustments=True),
        ],
    )


def run(employer: str, roster: str) -> dict[str, Any]:
    """Seconds, and the best pair of each row of the employer's list with its probability."""
    line = duckdb.connect()
    for name, path in (("employer", employer), ("roster", roster)):
        line.execute(f"CREATE TABLE {name} AS SELECT {', '.join(COLUMNS)} FROM read_csv(?, all_varchar=true)", [path])  # noqa: S608
    began, used = time.perf_counter(), time.process_time()
    api = DuckDBAPI(line)
    linker = Linker([api.register("employer"), api.register("roster")], settings(), log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("phone"), block_on("mail"), block_on("family", "given", "hired")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("hired", "worksite"))
    found = linker.inference.predict(threshold_match_probability=0.05).as_record_list()
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    return {"seconds": seconds, "processor": processor, "pairs": _one_to_one(found)}


def _one_to_one(found: list[dict[str, Any]]) -> list[tuple[int, int, float]]:
    """The pairs, the likeliest first, none of whose ends an earlier one has. employer comes before roster."""
    taken: tuple[set[str], set[str]] = (set(), set())
    kept = []
    for pair in sorted(found, key=lambda pair: -pair["match_weight"]):
        one, other = pair["key_l"], pair["key_r"]
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            kept.append((int(one), int(other), pair["match_probability"]))
    return kept


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    json.dump(run(*sys.argv[1:]), sys.stdout)
