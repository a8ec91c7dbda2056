"""Small programmes of other kinds than the tiny one: with members and levels, without Vietnamese, and a draft in one language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from cbfa.core.words import Words
from tests.strategies import append, entry

LEADS = 20
"""Leads of one milestone of the districts' programme."""
DISTRICTS_DAY = ("--as-of", "2025-11-30")
PARTNERS_DAY = ("--as-of", "2024-06-30")
DRAFT_DAY = ("--as-of", "2025-06-30")

_DISTRICTS = """\
format: 1
programme:
  id: districts
  title: {vi: Kế hoạch của các huyện, en: Districts plan}
  legal_basis: {vi: Quyết định 12, en: Decision 12}
  adopted: 2024-12-20
  period: {from: 2025, to: 2027}
  coordinator: SoMot
  outline:
    I: {title: {vi: Mục tiêu, en: Aims}, clauses: [I.1]}
    II: {title: {vi: Chỉ tiêu, en: Indicators}, clauses: ["II.1..II.3"]}
    III: {title: {vi: Nhiệm vụ, en: Tasks}, clauses: ["1..3", M2C1-15BIS]}
workstreams:
  - id: indicators
    number: II
    title: {vi: Các chỉ tiêu, en: Main indicators}
    objectives: {III: [{vi: Nhanh hơn, en: Faster}, {vi: Rẻ hơn, en: Cheaper}], I.1: {vi: Gần dân, en: Closer}}
    milestones:
      - id: days
        title: {vi: Thời gian giải quyết, en: Time of procedures}
        text: {vi: Rút ngắn thời gian giải quyết thủ tục, en: The time of procedures is cut}
        result: {vi: Báo cáo thống kê, en: Statistical report}
        clauses: II.1
        serves: III
        schedule: {due: 2027-Q2}
        target: {baseline: 193, at_most: 100, unit: {vi: ngày, en: days}}
        lead: SoMot
      - id: share
        title: {vi: Tỷ lệ trực tuyến, en: Online share}
        clauses: II.2
        schedule: {due: 2027}
        target: {at_least: 80.5, unit: "%", measure: online}
        lead: [SoMot, SoHai]
      - id: money
        title: {vi: Giải ngân, en: Money spent}
        clauses: II.3
        schedule: {due: 2027}
        target: {at_least: 1000000000000000, unit: {vi: đồng, en: dong}}
        lead: [ALL]
  - id: tasks
    title: {vi: Việc phải làm, en: Things to do}
    milestones:
      - id: plans
        formerly: district-plans
        title: {vi: Kế hoạch riêng, en: Own plan}
        clauses: "1"
        schedule: {every: half, due: [15/6, 1/12], to: 2025}
        lead: CacHuyen
        each: true
        support: SoHai
      - id: coverage
        title: {vi: Phủ sóng, en: Coverage}
        clauses: "2"
        schedule: {in: 2025-10}
        lead: [CacHuyen]
        support: VungCao
      - id: centres
        title: {vi: Trung tâm, en: Centres}
        clauses: ["3", M2C1-15BIS]
        target: {count: 2, unit: {vi: trung tâm, en: centres}}
        lead: [{agency: SoMot, inferred: {vi: Lĩnh vực, en: Its field}}, {agency: SoHai, basis: "2"}]
""".replace("ALL", ", ".join(["SoMot", "SoHai", *(f"S{number}" for number in range(3, LEADS + 1))]))

_DISTRICTS_AGENCIES = "\n".join(
    [
        "format: 1",
        "agencies:",
        "  - {id: SoMot, code: SM, name: {vi: Sở Một, en: First Department}}",
        '  - {id: SoHai, formerly: SoNhi, name: {vi: Sở Hai, en: Second Department}, duties: {"3": {vi: Giúp, en: Help}}}',
        *(
            f"  - {{id: S{number}, name: {{vi: Sở {number}, en: Department {number}}}}}"
            for number in range(3, LEADS + 1)
        ),
        "  - {id: CacHuyen, name: {vi: Các huyện, en: Districts}, members: [VungCao, HuyenC]}",
        "  - {id: VungCao, name: {vi: Vùng cao, en: Highlands}, members: [HuyenA, HuyenB]}",
        *(f"  - {{id: Huyen{letter}, name: {{vi: Huyện {letter}, en: District {letter}}}}}" for letter in "ABC"),
        "",
    ]
)

_DISTRICTS_JOURNAL = [
    entry("d-1", "2025-06-10", "plans@2025-H1/HuyenA", "done"),
    entry("d-2", "2025-06-25", "district-plans@2025-H1/HuyenB", "done", by="HuyenB"),
    entry("d-3", "2025-08-20", "days", "progress", value="210"),
    entry("d-4", "2025-09-30", "days", "progress", value="120.5"),
    entry("d-5", "2025-09-30", "money", "progress", value="999999999999999.999", by="SoNhi"),
]

_PARTNERS = """\
format: 1
programme:
  id: partners
  languages: [en, fr]
  title: {en: Open government plan, fr: Plan pour un gouvernement ouvert}
  aim: {C01: {en: Trust, fr: La confiance}}
  legal_basis: {en: Cabinet decision, fr: Décision du Cabinet}
  adopted: 2022-03-01
  period: {from: 2022-04, to: 2025-03}
  coordinator: TBS
  timezone: America/Toronto
  fiscal_year_from: 4
  official_classes: false
  words: {milestone: {en: Commitment, fr: Engagement}}
  outline:
    C01: {title: {en: Climate, fr: Climat}, clauses: 2}
    C02: {title: {en: Data, fr: Données}, clauses: 2}
workstreams:
  - id: climate
    number: C01
    title: {en: Climate change, fr: Changements climatiques}
    milestones:
      - id: C01.1.1
        title: {en: Publish the data, fr: Publier les données}
        clauses: C01.1
        schedule: {due: 2023-Q4}
        lead: [ECCC, TBS]
      - id: yearly
        title: {en: Yearly report, fr: Rapport annuel}
        clauses: C01.2
        schedule: {every: fiscal-year}
        lead: TBS
  - id: data
    title: {en: Data for all, fr: Données pour tous}
    milestones:
      - id: delay
        title: {en: Delay of answers, fr: Délai de réponse}
        clauses: C02.1
        schedule: {due: 2024-09-30}
        target: {baseline: 0, at_most: 30, unit: {en: days, fr: jours}}
        lead: ECCC
      - id: portal
        title: {en: Portal, fr: Portail}
        clauses: C02.2
        schedule: {from: 2023}
        lead: {agency: ECCC, inferred: {en: Runs it, fr: Le gère}}
"""

_PARTNERS_AGENCIES = """\
format: 1
agencies:
  - {id: TBS, name: {en: Treasury Board, fr: Conseil du Trésor}, short: {en: Treasury, fr: Trésor}}
  - {id: ECCC, name: {en: Environment Canada, fr: Environnement Canada}, duties: {C02.2: {en: Host, fr: Héberger}}}
"""

_PARTNERS_JOURNAL = [
    entry("p-1", "2024-01-15", "C01.1.1", "done"),
    entry("p-2", "2024-02-15", "delay", "progress", value="42"),
    entry("p-3", "2023-03-15", "yearly@2022", "done"),
]

_DRAFT = """\
format: 1
programme:
  id: piano
  languages: [it]
  title: Piano triennale
  period: {from: 2024-07, to: 2027-06}
  coordinator: Comune
  timezone: Europe/Rome
  outline: {A: {title: Ambiente, clauses: 3}}
workstreams:
  - id: ambiente
    title: Ambiente e clima
    milestones:
      - id: alberi
        title: Piantare alberi
        clauses: A.1
        schedule: {due: 2025-Q1}
        target: {count: 100, unit: alberi}
        lead: Comune
      - id: acqua
        title: Ridurre le perdite
        clauses: A.2
        schedule: {every: quarter, from: 2024-Q3, to: 2025-Q2}
        lead: [Comune, Provincia]
"""

_DRAFT_AGENCIES = """\
format: 1
agencies:
  - {id: Comune, name: Comune di Prova}
  - {id: Provincia, name: Provincia di Prova}
"""

_DRAFT_JOURNAL = [
    entry("i-1", "2024-11-15", "alberi", "progress", count=40),
]

KINDS = {
    "districts": (_DISTRICTS, _DISTRICTS_AGENCIES, _DISTRICTS_JOURNAL),
    "partners": (_PARTNERS, _PARTNERS_AGENCIES, _PARTNERS_JOURNAL),
    "draft": (_DRAFT, _DRAFT_AGENCIES, _DRAFT_JOURNAL),
}
"""The roadmap, the agencies and the journal of each programme."""
DAYS = {"districts": DISTRICTS_DAY, "partners": PARTNERS_DAY, "draft": DRAFT_DAY}
"""A day in the middle of each."""


def make(folder: Path, kind: str) -> Path:
    """Write the files of a programme into `data` in a folder; return that folder."""
    (folder / "data").mkdir()
    roadmap, agencies, entries = KINDS[kind]
    (folder / "data" / "roadmap.yaml").write_text(roadmap, "utf-8")
    (folder / "data" / "agencies.yaml").write_text(agencies, "utf-8")
    append(folder / "data" / "progress.yaml", entries)
    return folder


def words_in(part: Any) -> Iterator[Words]:
    """Yield every text of a part of a file, however deep."""
    match part:
        case Words():
            yield part
        case BaseModel():
            yield from words_in(dict(part))
        case dict():
            for one in part.values():
                yield from words_in(one)
        case list() | tuple():
            for one in part:
                yield from words_in(one)
