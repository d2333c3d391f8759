"""The faults that a crawl must stand, each with the tests that inject it and look at what must be observed.

The numbers are those of the fault matrix. A fault without a test, or a name that no test bears, fails here.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CRAWL, STAGE = "crawlers/test_crawl.py", "crawlers/test_stage.py"
HOSTILE, VERDICT = "crawlers/manners/test_against_a_hostile_web.py", "crawlers/test_verdict.py"

FAULTS = {
    "F1 killed in mid-crawl": {
        CRAWL: [
            "test_a_crawl_that_was_killed_and_run_again_is_as_if_nothing_had_happened",
            "test_a_crawl_ends_with_the_one_who_ordered_it",
        ]
    },
    "F2 asked to stop": {
        CRAWL: [
            "test_asked_to_stop_it_keeps_what_it_has_and_frees_the_lease",
            "test_a_download_that_does_not_end_is_cut_off_when_asked_to_stop",
        ]
    },
    "F3 database away in mid-crawl": {
        "crawlers/test_database_away.py": [
            "test_a_postgresql_that_is_stopped_in_mid_crawl_fails_the_run_and_another_completes_it"
        ],
        CRAWL: [
            "test_a_database_that_is_locked_for_a_while_loses_nothing",
            "test_a_database_that_stays_locked_makes_the_run_failed_and_not_short",
        ],
    },
    "F6 disk full": {
        CRAWL: ["test_a_crawl_does_not_begin_on_a_full_disk"],
        STAGE: ["test_a_full_disk_is_not_waited_for"],
        "catalog/test_database.py": ["test_a_full_disk_is_an_error_and_what_was_kept_stays"],
    },
    "F7 5xx": {
        HOSTILE: ["test_a_source_that_gives_nothing_failed_and_says_how", "test_one_bad_source_of_many_leaves_the_others_alone"],
        CRAWL: ["test_a_failed_source_keeps_what_was_known"],
    },
    "F8 denied, or a challenge page": {
        HOSTILE: ["test_a_source_that_gives_nothing_failed_and_says_how", "test_a_denial_is_not_argued_with"]
    },
    "F9 429 with Retry-After": {
        HOSTILE: [
            "test_retry_after_is_waited_for",
            "test_a_retry_after_that_says_nothing_gets_our_own_pause",
            "test_a_site_that_asks_to_wait_a_day_is_left_for_the_next_run",
        ]
    },
    "F10 malformed, truncated, slow": {HOSTILE: ["test_a_source_that_gives_nothing_failed_and_says_how"]},
    "F11 charsets": {
        HOSTILE: ["test_a_lying_charset_is_suspect", "test_what_is_no_text_is_not_kept_as_text"]
    },
    "F12 bombs": {
        HOSTILE: ["test_a_body_that_is_too_large_is_dropped_and_counted", "test_memory_stays_bounded_under_all_of_it"]
    },
    "F13 large bodies, binaries": {
        HOSTILE: [
            "test_a_body_that_is_too_large_is_dropped_and_counted",
            "test_a_source_that_gives_nothing_failed_and_says_how",
        ]
    },
    "F14 redirects": {
        HOSTILE: [
            "test_a_redirect_loop_ends_after_five",
            "test_a_redirect_to_a_file_or_by_a_meta_tag_is_not_followed",
            "test_a_redirect_to_where_we_may_not_go_is_not_followed",
            "test_nothing_that_lies_on_loopback_was_ever_asked_for",
        ]
    },
    "F15 endless pages": {
        HOSTILE: [
            "test_endless_pages_end_at_the_budget_and_what_was_found_is_kept",
            "test_pages_that_are_new_only_by_their_address_end_at_the_budget_and_count_once",
        ]
    },
    "F16 a changed layout": {
        HOSTILE: [
            "test_an_empty_list_is_suspect_where_a_source_promises_more",
            "test_a_source_that_gives_nothing_failed_and_says_how",
        ]
    },
    "F17 half vanish, and return": {CRAWL: ["test_half_of_the_postings_vanish_for_a_night_and_none_is_retired"]},
    "F18 wrong but plausible": {
        HOSTILE: ["test_titles_that_are_all_the_same_are_suspect"],
        VERDICT: ["test_what_looks_wrong_is_suspect"],
        CRAWL: ["test_a_suspect_run_adds_and_neither_refreshes_nor_misses"],
    },
    "F19 clocks and dates": {
        "crawlers/reading/test_clocks.py": ["test_offsets_keep_their_sign"],
        "crawlers/reading/test_deadlines.py": ["test_an_ambiguous_numeric_date_is_unknown"],
        "crawlers/reading/test_moments.py": ["test_29_february_exists_in_leap_years_only"],
        "catalog/test_coverage.py": ["test_ages_are_whole_hours_and_never_negative_when_a_clock_was_set_back"],
    },
}  # fmt: skip
OF_SERVING = {"F4", "F5"}
"""Faults of requests, not of crawls: tests/api has them."""


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_tests(fault: str) -> None:
    assert FAULTS[fault]
    for file, names in FAULTS[fault].items():
        assert names
        assert set(names) <= names_in(file)


def test_no_fault_of_crawling_is_missing() -> None:
    numbers = {fault.split()[0] for fault in FAULTS}
    assert numbers | OF_SERVING == {f"F{number}" for number in range(1, 20)}
