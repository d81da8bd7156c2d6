"""Loads exports in their own runtimes, and prints how far each is from the numbers in its check.json.

Takes a JSON list of {"subject", "format", "folder"} on standard input; prints a JSON line for each:
{"subject", "format", "runtime", "difference"}, or {"subject", "format", "failure"}. A runtime that is not installed is
a failure, except TensorFlow, whose line is {"subject", "format", "missing"}.
"""

import contextlib
import importlib.util
import io
import json
import os
import re
import runpy
import sys
import tempfile
import traceback
from pathlib import Path

os.environ.setdefault('KERAS_BACKEND', 'torch')
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')

import numpy as np


class Missing(Exception):
    """A runtime is not installed in the virtual environment."""


def array(numbers):
    return np.array(numbers['values'], dtype=np.float32).reshape(numbers['shape'])


def arrays(named):
    return {name: array(numbers) for name, numbers in named.items()}


def rows_of(inputs, count):
    """`count` rows, repeating those of the inputs in turn: exports take any number of rows."""
    return {name: np.concatenate([rows] * count)[:count] for name, rows in inputs.items()}


def largest(found, wanted):
    """The largest absolute difference over all outputs; raises ValueError for other names, shapes, NaN or infinity."""
    if set(found) != set(wanted):
        raise ValueError(f'it gives {sorted(found)} in place of {sorted(wanted)}')
    worst = 0.0
    for name, numbers in wanted.items():
        if tuple(found[name].shape) != numbers.shape:
            raise ValueError(f'its {name} is {tuple(found[name].shape)} in place of {numbers.shape}')
        difference = float(np.max(np.abs(found[name] - numbers)))
        if not np.isfinite(difference):
            raise ValueError(f'its {name} has NaN or infinite numbers')
        worst = max(worst, difference)
    return worst


def onnx_networks(folder, networks):
    import onnx
    import onnxruntime

    for network in networks:
        file = str(folder / network['file'])
        onnx.checker.check_model(file, full_check=True)
        session = onnxruntime.InferenceSession(file, providers=['CPUExecutionProvider'])
        names = [output.name for output in session.get_outputs()]
        yield network, lambda inputs: dict(zip(names, session.run(names, inputs)))


def pytorch_networks(folder, networks):
    import torch

    model = module_of(folder / 'model.py')
    for network in networks:
        kind = next(one for one in vars(model).values() if getattr(one, 'file', None) == network['file'])
        loaded = model.load(kind)
        names = list(network['outputs'])

        def run(inputs):
            with torch.inference_mode():
                outputs = loaded(*(torch.from_numpy(inputs[name]) for name in network['inputs']))
            outputs = outputs if isinstance(outputs, tuple) else (outputs,)
            return {name: output.numpy() for name, output in zip(names, outputs)}

        yield network, run
        require_that_it_trains(loaded, [torch.from_numpy(one) for one in arrays(network['inputs']).values()])


def require_that_it_trains(network, inputs):
    """Raises ValueError unless one step of training gives most weights a gradient, and moves those."""
    import torch

    def loss():
        outputs = network(*inputs)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        return sum((output - 0.5).square().mean() for output in outputs)

    network.train()
    weights = dict(network.named_parameters())
    before = {name: weight.detach().clone() for name, weight in weights.items()}
    optimizer = torch.optim.Adam(weights.values(), lr=1e-3)
    loss().backward()
    # A weight has no gradient if the ReLU behind it is off for all rows; most weights must have one.
    moved = [name for name, weight in weights.items() if weight.grad is not None and bool((weight.grad != 0).any())]
    if len(moved) < 0.9 * len(weights):
        raise ValueError(f'only {len(moved)} of {len(weights)} weights have a gradient')
    optimizer.step()
    same = [name for name in moved if torch.equal(before[name], weights[name])]
    if same or not all(bool(weight.isfinite().all()) for weight in weights.values()):
        raise ValueError(f'a step of training did not move {same}')


def keras_networks(folder, networks):
    import keras

    for network in networks:
        model = keras.saving.load_model(folder / network['file'])

        def run(inputs):
            outputs = model({name: inputs[name] for name in network['inputs']}, training=False)
            if not isinstance(outputs, dict):
                listed = outputs if isinstance(outputs, (list, tuple)) else [outputs]
                outputs = dict(zip(network['outputs'], listed))
            return {name: keras.ops.convert_to_numpy(output) for name, output in outputs.items()}

        yield network, run


def savedmodel_networks(folder, networks):
    try:
        import tensorflow as tf
    except ImportError as error:
        raise Missing('TensorFlow is not installed here; the tests load this format in tfjs-node') from error

    for network in networks:
        signature = tf.saved_model.load(str(folder / network['file'])).signatures['serving_default']

        def run(inputs):
            outputs = signature(**{name: tf.constant(numbers) for name, numbers in inputs.items()})
            return {name: output.numpy() for name, output in outputs.items()}

        yield network, run


def module_of(file):
    spec = importlib.util.spec_from_file_location('model', file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def difference_of_networks(networks_of):
    def check(folder, content):
        worst = 0.0
        for network, run in networks_of(folder, content['networks']):
            inputs, outputs = arrays(network['inputs']), arrays(network['outputs'])
            for count in (1, 2, 5):
                worst = max(worst, largest(run(rows_of(inputs, count)), rows_of(outputs, count)))
        return worst

    return check


def difference_of_tensors(folder, content):
    """The largest difference between the tensors that safetensors reads and what check.json says of them."""
    from safetensors.numpy import load_file

    tensors = load_file(folder / content['networks'][0]['file'])
    if set(tensors) != set(content['tensors']):
        raise ValueError('it holds other tensors than check.json')
    worst = 0.0
    for name, wanted in content['tensors'].items():
        found = tensors[name]
        if list(found.shape) != wanted['shape'] or found.dtype != np.float32:
            raise ValueError(f'{name} is {found.dtype} {list(found.shape)} in place of {wanted["shape"]}')
        mean = float(np.mean(found, dtype=np.float64))
        first, last = float(found.flat[0]), float(found.flat[-1])
        worst = max(worst, abs(mean - wanted['mean']), abs(first - wanted['first']), abs(last - wanted['last']))
    return worst


CHECKS = {
    'onnx': ('ONNX Runtime', 'onnxruntime', difference_of_networks(onnx_networks)),
    'pytorch': ('PyTorch', 'torch', difference_of_networks(pytorch_networks)),
    'keras': ('Keras', 'keras', difference_of_networks(keras_networks)),
    'savedmodel': ('TensorFlow', 'tensorflow', difference_of_networks(savedmodel_networks)),
    'safetensors': ('safetensors', 'safetensors', difference_of_tensors),
}


@contextlib.contextmanager
def inside(folder):
    """Runs a block with this working folder and import path, and forgets its module `model` afterwards."""
    before, path, modules = os.getcwd(), list(sys.path), set(sys.modules)
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path
        for name in {'model'} & (set(sys.modules) - modules):
            del sys.modules[name]


def run_examples(folder):
    """Runs the folder's example, in a temporary folder as it may write files, and the first code of README.md."""
    with tempfile.TemporaryDirectory() as place, contextlib.redirect_stdout(io.StringIO()):
        example = folder / 'example.py'
        if example.exists():
            with inside(place):
                sys.path.insert(0, str(folder))
                runpy.run_path(str(example), run_name='__main__')
        for block in re.findall(r'```python\n(.*?)```', (folder / 'README.md').read_text('utf-8'), re.S)[:1]:
            with inside(folder):
                exec(compile(block, 'README.md', 'exec'), {'__name__': '__main__'})


def version_of(package):
    from importlib.metadata import version

    return version(package)


def main():
    sys.dont_write_bytecode = True
    for job in json.load(sys.stdin):
        line = {'subject': job['subject'], 'format': job['format']}
        try:
            folder = Path(job['folder'])
            runtime, package, check = CHECKS[job['format']]
            line['difference'] = check(folder, json.loads((folder / 'check.json').read_text('utf-8')))
            run_examples(folder)
            line['runtime'] = f'{runtime} {version_of(package)}'
        except Missing as error:
            line['missing'] = str(error)
        except Exception:
            line.pop('difference', None)
            line['failure'] = traceback.format_exc(limit=-3)
        print(json.dumps(line), flush=True)


main()
