"""The aggregates of the clues service, each with the name of its streams."""

from __future__ import annotations

from services.clues.domain import (
    box,
    clue,
    dialogue,
    evidence,
    follow_ups,
    inspections,
    opinion,
    proposal,
    reading,
    records,
    seal,
    symposium,
    theme,
)
from services.clues.domain.settings import Schedule
from shared.keeping.handlers import settings_aggregate
from shared.service.aggregate import Aggregate

CLUE = Aggregate("clue", clue.Clue(), clue.decide, clue.evolve)
DIALOGUE = Aggregate("dialogue", dialogue.Dialogue(), dialogue.decide, dialogue.evolve)
FOLLOW_UPS = Aggregate("followup", follow_ups.FollowUps(), follow_ups.decide, follow_ups.evolve)
EVIDENCE = Aggregate("evidence", evidence.Evidence(), evidence.decide, evidence.evolve)
OPINION = Aggregate("opinion", opinion.Opinion(), opinion.decide, opinion.evolve)
BOX = Aggregate("box", box.Box(), box.decide, box.evolve)
SYMPOSIUM = Aggregate("symposium", symposium.Symposium(), symposium.decide, symposium.evolve)
PROPOSAL = Aggregate("proposal", proposal.Proposal(), proposal.decide, proposal.evolve)
THEME = Aggregate("theme", theme.Theme(), theme.decide, theme.evolve)
INSPECTIONS = Aggregate(
    "inspections", inspections.Inspections(), inspections.decide, inspections.evolve
)
INSPECTION = Aggregate(
    "inspection", records.Inspection(), records.decide_inspection, records.evolve_inspection
)
IMPORT = Aggregate("hotline_import", records.Import(), records.decide_import, records.evolve_import)
BASELINE = Aggregate(
    "baseline", records.Baseline(), records.decide_baseline, records.evolve_baseline
)
SEAL = Aggregate("seal", seal.Seal(), seal.decide, seal.evolve)
READING = Aggregate("reading", reading.Reading(), reading.decide, reading.evolve)
SETTINGS = settings_aggregate(Schedule())
