"""Whatever editors and administrators do in whatever order: nobody reads more than the rule says, and nobody less."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.rights.machine import RightsMachine

EXAMPLES = int(os.environ.get("RIGHTS_EXAMPLES", "20"))
STEPS = int(os.environ.get("RIGHTS_STEPS", "15"))


@pytest.mark.slow
def test_every_sequence_of_steps_leaves_the_product_with_the_answers_of_the_model(planted):
    world, index = planted
    run_state_machine_as_test(
        lambda: RightsMachine(world, index),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            # By default the same sequences in every run; whoever asks for more wants others.
            derandomize="RIGHTS_EXAMPLES" not in os.environ,
            database=None,
            # Shrinking one fault takes long enough.
            report_multiple_bugs=False,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
