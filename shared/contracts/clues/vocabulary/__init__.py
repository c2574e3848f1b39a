"""Closed vocabularies of the clues service; the words are the glossary's."""

from shared.contracts.clues.vocabulary.dialogue import *
from shared.contracts.clues.vocabulary.evidence import *
from shared.contracts.clues.vocabulary.filing import *
from shared.contracts.clues.vocabulary.handling import *
from shared.contracts.clues.vocabulary.limits import *
from shared.contracts.clues.vocabulary.openings import *
from shared.contracts.clues.vocabulary.statuses import *
