"""What the assessment service can be asked."""

from shared.contracts.assessment.queries.coverage import *
from shared.contracts.assessment.queries.duties import *
from shared.contracts.assessment.queries.picture import *
from shared.contracts.assessment.queries.settings import *
from shared.contracts.assessment.queries.vocabulary import QUERIES as QUERIES
