/**
 * Pieces of Python for model.py: definitions that are included if a network needs them, and code that loads
 * weights.
 */

export const PIECES = {
  ReferenceNorm: `class ReferenceNorm(nn.Module):
    """Normalises each picture by a mix of the moments of a fixed reference batch and, with weight \`share\`, its own.

    Virtual batch normalisation, Salimans et al. 2016 (arXiv 1606.03498).
    """

    def __init__(self, channels, share, eps):
        super().__init__()
        self.share = share
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer('mean', torch.zeros(channels))
        self.register_buffer('var', torch.ones(channels))

    def forward(self, x):  # [n, channels, ...]
        flat = x.flatten(2) if x.dim() > 2 else x[:, :, None]  # [n, channels, positions]
        own_var, own_mean = torch.var_mean(flat, dim=2, keepdim=True, correction=0)
        fixed_mean, fixed_var = self.mean[:, None], self.var[:, None]
        s = self.share
        mean = s * own_mean + (1 - s) * fixed_mean
        var = s * own_var + (1 - s) * fixed_var + s * (1 - s) * (own_mean - fixed_mean) ** 2
        y = (flat - mean) / torch.sqrt(var + self.eps) * self.weight[:, None] + self.bias[:, None]
        return y.reshape(x.shape)`,
  depth_to_space: `def depth_to_space(x, factor):
    """[n, factor * factor * c, h, w] -> [n, c, factor * h, factor * w]; the channels are in the order row, column, c.

    torch.nn.PixelShuffle takes them in the order c, row, column.
    """
    n, _, h, w = x.shape
    x = x.reshape(n, factor, factor, -1, h, w)  # [n, row, column, c, h, w]
    return x.permute(0, 3, 4, 1, 5, 2).reshape(n, -1, h * factor, w * factor)`,
} as const;

export type PieceName = keyof typeof PIECES;

/** Reads the weights with PyTorch alone. */
export const LOADING = `def load(kind, folder=Path(__file__).parent):
    """A network of this class with its trained weights, in inference mode; .train() makes it ready to learn more."""
    network = kind()
    network.load_state_dict(read_safetensors(Path(folder) / kind.file))
    return network.eval()


def read_safetensors(file):
    """Tensors by name, as safetensors.torch.load_file gives them."""
    data = bytearray(Path(file).read_bytes())
    start = 8 + int.from_bytes(data[:8], 'little')
    header = json.loads(data[8:start])
    header.pop('__metadata__', None)
    numbers = torch.frombuffer(data, dtype=torch.float32, offset=start)  # of all tensors, one after the other
    tensors = {}
    for name, entry in header.items():
        first, end = (offset // 4 for offset in entry['data_offsets'])
        tensors[name] = numbers[first:end].reshape(entry['shape'])
    return tensors`;
