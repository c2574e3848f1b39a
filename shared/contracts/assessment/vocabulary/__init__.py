"""The words of closed lists in the assessment service's messages."""

from shared.contracts.assessment.vocabulary.duties import *
from shared.contracts.assessment.vocabulary.picture import *
