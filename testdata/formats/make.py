"""Makes the files beside it, which the tests of devml.format read. Needs NumPy (1.23 or later; made with 1.24.2).

    python3 testdata/formats/make.py

Element i of an array, in C order, is i - 2 for signed integers, i for unsigned ones, i % 2 for truth values and
i/4 - 1 for floats: exact in every one of them, and known to the tests without a file.
"""
import json
import pathlib
import struct
import zipfile

import numpy as np

HERE = pathlib.Path(__file__).parent
F8 = np.dtype("<f8")


def ramp(dtype, shape, order="C"):
    dtype = np.dtype(dtype)
    i = np.arange(int(np.prod(shape)), dtype="i8").reshape(shape)
    values = {"f": i / 4 - 1, "i": i - 2, "u": i, "b": i % 2}[dtype.kind]
    return np.asarray(values).astype(dtype, order=order)


def npy():
    folder = HERE / "npy"
    folder.mkdir(exist_ok=True)
    for code in ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
        for endian, name in [("<", "little"), (">", "big")]:
            np.save(folder / f"{code}_{name}.npy", ramp(endian + code, (2, 3)))
        np.save(folder / f"{code}_fortran.npy", ramp(">" + code, (2, 3, 4), order="F"))
    for code in ["i1", "u1", "i2", "u2", "i4", "u4", "i8"]:
        limits = np.iinfo(code)
        np.save(folder / f"{code}_limits.npy", np.array([limits.min, limits.max], "<" + code))
    for version in [(2, 0), (3, 0)]:
        with open(folder / f"version{version[0]}.npy", "wb") as out:
            np.lib.format.write_array(out, ramp(F8, (2, 3)), version)
    special = [np.nan, np.inf, -np.inf, -0.0, 5e-324, 1.7976931348623157e308]
    np.save(folder / "f8_special.npy", np.array(special))
    np.save(folder / "f2_special.npy", np.array([np.nan, np.inf, -np.inf, -0.0, 2.0**-24, 65504], "<f2"))
    np.save(folder / "u8_beyond.npy", np.array([[0, 2**63 - 1], [2**63, 1]], "<u8"))
    np.save(folder / "object.npy", np.array([1, None], object), allow_pickle=True)
    np.save(folder / "records.npy", np.zeros(2, [("a", "<f8"), ("b", "<i4")]))
    np.save(folder / "complex.npy", np.zeros(2, "<c16"))
    np.save(folder / "strings.npy", np.array(["ab", "c"]))
    np.save(folder / "dates.npy", np.zeros(2, "<M8[s]"))


def headers():
    """What np.save writes for many shapes, as entries of one archive."""
    shapes = [(), (0,), (7,), (0, 3), (3, 0), (2, 0, 3), (1, 1), (123456789, 0), (12, 1, 3)]
    shapes += [(0,) + (1,) * n for n in range(1, 32)]
    mixed = [(0,) + (10,) * a + (1,) * b for a in range(5) for b in range(28)]
    # NumPy pads a header that is aligned already by a whole unit more: one such shape must be among them.
    shapes.append(next(shape for shape in mixed if padding(shape) == 64))
    arrays = {}
    for shape in shapes:
        for code in ["f8", "f4", "i8"]:
            name = "x".join(map(str, shape)) or "scalar"
            arrays[f"{code}/{name}"] = ramp("<" + code, shape)
    np.savez(HERE / "headers.npz", **arrays)


def padding(shape):
    dict_length = len(str({"descr": "<f8", "fortran_order": False, "shape": shape})) + len(", ")
    if shape:
        dict_length += 21 - len(str(shape[0]))
    return 64 - (10 + dict_length + 1) % 64


def small():
    return {"conv.weight": ramp(F8, (2, 2, 2, 2)), "block/fc.bias": ramp("<f4", (3,)), "loss": ramp(F8, ()),
            "labels": ramp("<i8", (4,))}


def npz():
    np.savez(HERE / "stored.npz", **small())
    np.savez_compressed(HERE / "deflated.npz", **small(), zeros=np.zeros((100, 100), F8))
    # Limits at which zipfile turns to ZIP64 are lowered, so that the directory has its fields in a small file.
    limits = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 16, 1
    np.savez(HERE / "zip64.npz", **small())
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = limits


def csv():
    folder = HERE / "csv"
    folder.mkdir(exist_ok=True)
    np.savetxt(folder / "vector.csv", ramp(F8, (5,)))
    np.savetxt(folder / "matrix.csv", ramp(F8, (2, 3)), delimiter=",")
    np.savetxt(folder / "blanks.csv", ramp(F8, (2, 3)), header="made by savetxt", footer="the end")
    np.savetxt(folder / "integers.csv", ramp("<i8", (2, 3)), fmt="%d", delimiter=", ")
    np.savetxt(folder / "special.csv", np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324]))


def json_lists():
    tensors = {key: {"dtype": str(array.dtype), "shape": array.shape, "data": array.tolist()}
               for key, array in small().items()}
    (HERE / "small.json").write_text(json.dumps(tensors, indent=1) + "\n")


def safetensors():
    """Written by hand from the format's description: no library, so that the reader meets another writer."""
    codes = {"BOOL": "b1", "I8": "i1", "U8": "u1", "I16": "i2", "U16": "u2", "I32": "i4", "U32": "u4", "I64": "i8",
             "U64": "u8", "F16": "f2", "F32": "f4", "F64": "f8"}
    header, data = {"__metadata__": {"format": "pt"}}, b""

    def add(name, dtype, shape, raw):
        nonlocal data
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw

    for dtype, code in codes.items():
        add(dtype.lower(), dtype, (2, 3), ramp("<" + code, (2, 3)).tobytes())
    halves = ramp("<f4", (2, 3)).view("<u4") >> 16  # a ramp's floats have no more bits than bfloat16
    add("bf16", "BF16", (2, 3), halves.astype("<u2").tobytes())
    add("empty", "F32", (0, 3), b"")
    add("loss", "F64", (), ramp(F8, ()).tobytes())
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (HERE / "all.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    npy()
    headers()
    npz()
    csv()
    json_lists()
    safetensors()
