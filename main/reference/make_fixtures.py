"""Writes pytorch.json: numbers that PyTorch computes, with which tests compare. The groups are in fixtures/.

python3 -m venv V && V/bin/pip install torch numpy   (keep V outside the repository; the tests do not need it)
V/bin/python main/reference/make_fixtures.py

Every tensor starts as fill(shape, offset), in the app's layout: NHWC pictures, HWIO kernels (HWOI for
transposed convolution), [in, out] dense kernels. The tests fill theirs in the same way, so the file needs to
hold only results.
"""
import json
import pathlib

import torch

from fixtures.games import bigan_steps, ebgan_steps
from fixtures.layers import layers
from fixtures.losses import labelled_losses, losses
from fixtures.optimizers import optimizers
from fixtures.penalties import penalties, second_order
from fixtures.stabilisers import likeness, stabilisers
from fixtures.steps import dcgan_steps


def main():
    fixtures = {"pytorch": torch.__version__, "layers": layers(), "secondOrder": second_order(), "losses": losses(),
                "penalties": penalties(), **optimizers(), "dcganSteps": dcgan_steps(), "labelledLosses": labelled_losses(),
                "stabilisers": stabilisers(), "likeness": likeness(), "ebganSteps": ebgan_steps(), "biganSteps": bigan_steps()}
    pathlib.Path(__file__).with_name("pytorch.json").write_text(json.dumps(fixtures) + "\n")


main()
