/** Makes Python names of variables, attributes and classes from the names of layers, inputs and networks. */
import { variableOf } from '../python-lines.ts';

/** Names that no variable of `forward` and no attribute of a module may have. */
const TAKEN = new Set(
  (
    'x self torch nn F depth_to_space ' +
    // Keywords.
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield ' +
    // Attributes of torch.nn.Module, and `file`.
    'add_module apply bfloat16 buffers children compile cpu cuda double eval file float forward get_buffer get_parameter ' +
    'get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules ' +
    'named_parameters parameters register_buffer register_module register_parameter requires_grad_ ' +
    'share_memory state_dict to to_empty train training type xpu zero_grad'
  ).split(' '),
);

/** Maps each name to a Python name of its own, such as "up1_norm" for "up1-norm". */
export function pythonNames(names: readonly string[]): (name: string) => string {
  const found = new Map<string, string>();
  const used = new Set(TAKEN);
  for (const name of names) {
    const plain = variableOf(name);
    let free = used.has(plain) ? `${plain}_` : plain;
    for (let count = 2; used.has(free); count++) free = `${plain}_${count}`;
    used.add(free);
    found.set(name, free);
  }
  return (name) => found.get(name) ?? name;
}

/** The class of a player, such as "Generator". */
export function className(player: string): string {
  const words = player.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('');
}
