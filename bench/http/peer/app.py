"""Lead scoring as a Python team would write it today: FastAPI on uvicorn with uvloop and httptools, pydantic, LightGBM.

Started by the bench with MODEL (a LightGBM text model) and FEATURES (features.json) in the environment.
"""

import gc
import json
import math
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import orjson
from fastapi import FastAPI, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from features import YEAR, Facts, Trait, compile_features

DOCUMENT = json.loads(Path(os.environ["FEATURES"]).read_text())
FEATURES = compile_features(DOCUMENT)
IGNORED = frozenset(DOCUMENT["ignore_events"])
NOT_ENGAGEMENT = frozenset(DOCUMENT["not_engagement"])
BOOSTER = lightgbm.Booster(model_file=os.environ["MODEL"])
COLUMNS = BOOSTER.feature_name()
TOP = 10


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Lead(Strict):
    lead_id: str = Field(min_length=1, max_length=512)
    created_at: AwareDatetime
    traits: dict[str, Trait] = {}


class Account(Strict):
    account_id: str | None = None
    traits: dict[str, Trait] = {}


class Event(Strict):
    type: str = Field(min_length=1, max_length=128)
    occurred_at: AwareDatetime
    properties: dict[str, Any] = {}


class ScoreRequest(Strict):
    lead: Lead
    account: Account | None = None
    events: list[Event] = Field(default=[], max_length=10_000)
    as_of: AwareDatetime
    models: list[str] | None = None
    explain: bool = True


app = FastAPI(title="Lead scoring")


@app.post("/v1/score")
async def score(request: ScoreRequest) -> Response:
    row: list[float] = []
    facts = facts_of(request)
    for compute in FEATURES:
        compute(facts, row)
    matrix = np.array([row])
    answer: dict[str, Any] = {"lead_id": request.lead.lead_id, "as_of": request.as_of}
    if request.explain:
        # The last number is the expected value; all together are the log-odds, so one call is enough.
        contributions = BOOSTER.predict(matrix, pred_contrib=True, num_threads=1)[0]
        largest = np.argsort(-np.abs(contributions[:-1]), kind="stable")[:TOP].tolist()
        answer["probability"] = 1 / (1 + math.exp(-contributions.sum()))
        answer["base"] = contributions[-1]
        answer["contributions"] = [
            {"feature": COLUMNS[column], "value": row[column], "log_odds": contributions[column]} for column in largest
        ]
    else:
        answer["probability"] = BOOSTER.predict(matrix, num_threads=1)[0]
    return Response(orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY), media_type="application/json")


def facts_of(request: ScoreRequest) -> Facts:
    as_of = milliseconds(request.as_of)
    events: dict[str, list[float]] = {}
    engagements: list[tuple[float, str]] = []
    for event in sorted(request.events, key=occurred_at):
        time = milliseconds(event.occurred_at)
        kind = event.type
        if time >= as_of or as_of - time > YEAR or kind in IGNORED or event.properties.get("bot") is True:
            continue
        events.setdefault(kind, []).append(time)
        if kind not in NOT_ENGAGEMENT:
            engagements.append((time, kind))
    return Facts(
        as_of=as_of,
        created_at=milliseconds(request.lead.created_at),
        lead=request.lead.traits,
        account=None if request.account is None else request.account.traits,
        events=events,
        engagements=engagements,
    )


def occurred_at(event: Event) -> datetime:
    return event.occurred_at


def milliseconds(time: datetime) -> float:
    return time.timestamp() * 1000


# All that was loaded so far stays: without this, a full collection looks at it again, and stops every answer for 50 ms and more.
gc.collect()
gc.freeze()
