"""The columns of the model, computed from one request: what the service under comparison computes, in plain Python.

`features.json` stands beside the model: the features with their options, the categories that training saw, and what
the word lists say of the titles, messages and mail domains in the requests, so that no time goes into reading words here.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

DAY = 86_400_000.0
YEAR = 365 * DAY
WEEK = 7 * DAY
NAN = math.nan

Trait = str | float | bool | list[str]


@dataclass(slots=True)
class Facts:
    """What is known of a lead before `as_of`; times in milliseconds."""

    as_of: float
    created_at: float
    lead: dict[str, Trait]
    account: dict[str, Trait] | None
    """By event type, the times of the events of the last year, oldest first."""
    events: dict[str, list[float]]
    """Signs of interest of any type, oldest first: time and type."""
    engagements: list[tuple[float, str]]


Compute = Callable[[Facts, list[float]], None]


def compile_features(document: dict[str, Any]) -> Sequence[Compute]:
    """One function a feature, in the order of the columns of the model; each appends its columns to the row."""
    vocabularies, words = document["vocabularies"], document["words"]
    return [
        KINDS[kind](options, vocabularies.get(options.get("name") or options.get("trait"), []), words.get(kind, {}))
        for feature in document["features"]
        for kind, options in feature.items()
    ]


UNITS = {"m": 60_000.0, "h": 3_600_000.0, "d": DAY}


def _duration(text: str) -> float:
    return float(text[:-1]) * UNITS[text[-1]]


def _text(value: Trait | None) -> str:
    if value is None or isinstance(value, list):
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return " ".join(unicodedata.normalize("NFKC", text[:200]).split()).lower()


def _trait(options: dict[str, Any]) -> Callable[[Facts], Trait | None]:
    name = options["trait"]
    if options.get("of") == "account":
        return lambda facts: facts.account.get(name) if facts.account else None
    # The first contact of the account is the lead itself: a request tells of nobody else.
    return lambda facts: facts.lead.get(name)


NUMBER = re.compile(r"\s*[+-]?\d{1,300}(?:\.\d{1,300})?\s*")


def _number(options, _vocabulary, _words) -> Compute:
    trait = _trait(options)

    def compute(facts: Facts, row: list[float]) -> None:
        value = trait(facts)
        if isinstance(value, str):
            row.append(float(value) if NUMBER.fullmatch(value) else NAN)
        else:
            row.append(NAN if value is None or isinstance(value, (bool, list)) else value)

    return compute


def _category(options, vocabulary, _words) -> Compute:
    trait = _trait(options)
    codes = {category: float(code) for code, category in enumerate(vocabulary)}

    def compute(facts: Facts, row: list[float]) -> None:
        row.append(codes.get(_text(trait(facts)), NAN))

    return compute


def _list(options, vocabulary, _words) -> Compute:
    trait = _trait(options)

    def compute(facts: Facts, row: list[float]) -> None:
        value = trait(facts)
        if isinstance(value, str):
            value = re.split("[,;]", value)
        if not isinstance(value, list):
            row.extend([NAN] * len(vocabulary))
            return
        entries = {_text(entry) for entry in value}
        row.extend([1.0 if entry in entries else 0.0 for entry in vocabulary])

    return compute


BOOLEANS = {"true": 1.0, "yes": 1.0, "1": 1.0, "false": 0.0, "no": 0.0, "0": 0.0}


def _boolean(options, _vocabulary, _words) -> Compute:
    trait = _trait(options)

    def compute(facts: Facts, row: list[float]) -> None:
        row.append(BOOLEANS.get(_text(trait(facts)), NAN))

    return compute


def _contradiction(options, _vocabulary, countries) -> Compute:
    lead_name, account_name = options["lead"], options["account"]

    def compute(facts: Facts, row: list[float]) -> None:
        lead = facts.lead.get(lead_name)
        account = facts.account.get(account_name) if facts.account else None
        if not _text(lead) or not _text(account):
            row.append(NAN)
            return
        country = countries.get(lead) if isinstance(lead, str) else None
        same = _text(lead) == _text(account) or (country is not None and country == countries.get(account))
        row.append(0.0 if same else 1.0)

    return compute


def _country(options, vocabulary, countries) -> Compute:
    name = options["trait"]
    codes = {category: float(code) for code, category in enumerate(vocabulary)}

    def compute(facts: Facts, row: list[float]) -> None:
        country = countries.get(facts.account.get(name)) if facts.account else None
        row.append(codes.get(country or countries.get(facts.lead.get(name)), NAN))

    return compute


def _known_words(options, _vocabulary, words) -> Compute:
    """What a text means, looked up: title -> seniority, title -> department, message -> intent."""
    trait = _trait(options)

    def compute(facts: Facts, row: list[float]) -> None:
        text = trait(facts)
        row.append(words.get(text, NAN) if isinstance(text, str) else NAN)

    return compute


def _mail_domain(mail: Trait | None) -> str | None:
    if not isinstance(mail, str):
        return None
    name, at, domain = mail.strip().rpartition("@")
    return _domain(domain) if name and at else None


def _domain(text: Trait | None) -> str | None:
    if not isinstance(text, str):
        return None
    host = text.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return host.split("/", 1)[0].rstrip(".") or None


def _mail_domain_kind(options, _vocabulary, words) -> Compute:
    trait = _trait(options)

    def compute(facts: Facts, row: list[float]) -> None:
        row.append(words.get(_mail_domain(trait(facts)), NAN))

    return compute


def _mail_domain_match(options, _vocabulary, _words) -> Compute:
    mail_name, domain_name = options["mail"], options["domain"]

    def compute(facts: Facts, row: list[float]) -> None:
        mail = _mail_domain(facts.lead.get(mail_name))
        domain = _domain(facts.account.get(domain_name)) if facts.account else None
        if mail is None or domain is None:
            row.append(NAN)
        else:
            row.append(float(mail == domain or mail.endswith("." + domain) or domain.endswith("." + mail)))

    return compute


def _listed_domain(options, _vocabulary, _words) -> Compute:
    listed = {_domain(domain) for domain in options["domains"]}
    mail_name, domain_name = options["mail"], options["domain"]

    def is_listed(domain: str) -> bool:
        labels = domain.split(".")
        return any(".".join(labels[start:]) in listed for start in range(len(labels)))

    def compute(facts: Facts, row: list[float]) -> None:
        mail = _mail_domain(facts.lead.get(mail_name))
        domain = _domain(facts.account.get(domain_name)) if facts.account else None
        known = [one for one in (mail, domain) if one is not None]
        row.append(float(any(is_listed(one) for one in known)) if known else NAN)

    return compute


def _customer(_options, _vocabulary, _words) -> Compute:
    """Not known: the requests do not say."""

    def compute(_facts: Facts, row: list[float]) -> None:
        row.append(NAN)

    return compute


def _completeness(options, _vocabulary, _words) -> Compute:
    lead_names, account_names = options["lead"], options["account"]
    total = len(lead_names) + len(account_names)

    def compute(facts: Facts, row: list[float]) -> None:
        account = facts.account or {}
        known = sum(1 for name in lead_names if facts.lead.get(name)) + sum(
            1 for name in account_names if account.get(name)
        )
        row.append(known / total)

    return compute


def _behaviour(options, _vocabulary, _words) -> Compute:
    event, measures = options["event"], options["measures"]
    # Without a column that decays there is no half-life to learn, and none is in the definition.
    half_life = _duration(options["half_life"]) if "decayed" in measures else NAN

    def compute(facts: Facts, row: list[float]) -> None:
        times = facts.events.get(event)
        if not times:
            row.extend([NAN if measure == "recency" else 0.0 for measure in measures])
            return
        as_of = facts.as_of
        for measure in measures:
            if measure == "decayed":
                row.append(sum([2.0 ** ((time - as_of) / half_life) for time in times]))
            elif measure == "count":
                row.append(float(len(times)))
            elif measure == "recency":
                row.append((as_of - times[-1]) / DAY)
            elif measure == "distinct_days":
                row.append(float(len({time // DAY for time in times})))
            else:
                week_ago = as_of - WEEK
                row.append(float(sum([time >= week_ago for time in times])))

    return compute


def _interest(options, _vocabulary, _words) -> Compute:
    counting = [
        (one["event"], one["weight"], _duration(one["half_life"])) for one in options["events"] if one["weight"] > 0
    ]

    def compute(facts: Facts, row: list[float]) -> None:
        as_of = facts.as_of
        interest = 0.0
        for event, weight, half_life in counting:
            times = facts.events.get(event)
            if times:
                interest += weight * sum([2.0 ** ((time - as_of) / half_life) for time in times])
        row.append(interest)

    return compute


def _engagement(options, _vocabulary, _words) -> Compute:
    window, measures = _duration(options["window"]), options["measures"]

    def compute(facts: Facts, row: list[float]) -> None:
        since = facts.as_of - window
        recent = [engagement for engagement in facts.engagements if engagement[0] >= since]
        for measure in measures:
            if measure == "breadth":
                row.append(float(len({kind for _, kind in recent})))
            elif measure == "recency":
                row.append((facts.as_of - recent[-1][0]) / DAY if recent else NAN)
            else:
                row.append(float(len({time // DAY for time, _ in recent})))

    return compute


def _lead_age(_options, _vocabulary, _words) -> Compute:
    def compute(facts: Facts, row: list[float]) -> None:
        row.append((facts.as_of - facts.created_at) / DAY if facts.created_at < facts.as_of else NAN)

    return compute


def _colleagues(options, _vocabulary, _words) -> Compute:
    """A request tells of one lead: nobody else of its account is known."""
    width = len(options["measures"])

    def compute(facts: Facts, row: list[float]) -> None:
        row.extend([NAN if facts.account is None else 0.0] * width)

    return compute


KINDS = {
    "number": _number,
    "category": _category,
    "list": _list,
    "boolean": _boolean,
    "country": _country,
    "contradiction": _contradiction,
    "seniority": _known_words,
    "department": _known_words,
    "declared_intent": _known_words,
    "mail_domain_kind": _mail_domain_kind,
    "mail_domain_match": _mail_domain_match,
    "listed_domain": _listed_domain,
    "customer": _customer,
    "completeness": _completeness,
    "behaviour": _behaviour,
    "interest": _interest,
    "engagement": _engagement,
    "lead_age": _lead_age,
    "colleagues": _colleagues,
}
