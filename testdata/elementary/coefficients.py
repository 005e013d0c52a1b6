"""Prints the polynomial coefficients of devml.fast.elementary: minimax approximations by Remez' exchange.

Needs mpmath (1.3); takes under a minute. Every polynomial is found in 60 digits, then its coefficients are rounded to
float64, and the largest weighted error of what came out is printed as a power of two.
"""

from mpmath import atanh, cos, erf, erfc, exp, expm1, fabs, floor, linspace, log, lu_solve, matrix, mp, mpf, pi, sin, sqrt

mp.dps = 60


def remez(f, weight, low, high, count):
    """The polynomial sum c[i] x^i that has the least largest weight(x) * |f(x) - p(x)|."""
    n = count + 1
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (n - 1)) for i in range(n)]
    grid = [low + (high - low) * (1 - cos(pi * i / 2000)) / 2 for i in range(2001)]
    wanted = [f(x) for x in grid]
    weights = [weight(x) for x in grid]
    for _ in range(12):
        a = matrix(n, n)
        b = matrix(n, 1)
        for row, x in enumerate(points):
            for column in range(count):
                a[row, column] = x**column
            a[row, count] = (-1) ** row / weight(x)
            b[row] = f(x)
        solution = lu_solve(a, b)
        c = [solution[i] for i in range(count)]
        errors = [w * (y - evaluate(c, x)) for x, y, w in zip(grid, wanted, weights)]
        points, worst = extremes(grid, errors, n)
        if max(map(fabs, errors)) < fabs(solution[count]) * mpf("1.001"):
            break
    return c


def extremes(grid, errors, n):
    """n points at which the error is largest in size and alternates in sign."""
    runs = []
    for x, e in zip(grid, errors):
        if runs and (runs[-1][1] > 0) == (e > 0):
            if fabs(e) > fabs(runs[-1][1]):
                runs[-1] = (x, e)
        else:
            runs.append((x, e))
    while len(runs) > n:
        runs.pop(0 if fabs(runs[0][1]) < fabs(runs[-1][1]) else -1)
    return [x for x, _ in runs], max(fabs(e) for _, e in runs)


def evaluate(c, x):
    y = mpf(0)
    for coefficient in reversed(c):
        y = y * x + coefficient
    return y


def show(name, f, weight, low, high, count):
    c = [mpf(float(x)) for x in remez(f, weight, low, high, count)]
    worst = max(weight(x) * fabs(f(x) - evaluate(c, x)) for x in linspace(low, high, 1001))
    print(f"{name}: {count} coefficients, error 2^{float(log(worst, 2)):.1f}")
    for x in c:
        print("   ", java_hex(float(x)))


def parts(name, value, last_bits):
    """value as a sum: the bits down to 2^-b for each b of last_bits, then the rest as a float64."""
    print(f"{name} down to {last_bits}")
    for b in last_bits:
        part = floor(value * 2**b) / mpf(2) ** b
        value -= part
        print("   ", java_hex(float(part)))
    print("   ", java_hex(float(value)))


def java_hex(x):
    return x.hex().replace("0000000000000p", "0p")


def smooth(f, at_zero):
    """f where its formula works, its limit at zero."""
    return lambda x: f(x) if fabs(x) > mpf(10) ** -15 else at_zero


def main():
    one = lambda _: mpf(1)
    edge = log(2) / 2 + mpf(2) ** -20
    exp_rest = smooth(lambda r: (expm1(r) - r) / r**2, mpf(1) / 2)
    # expm1(r) = r + r^2 q(r)
    show("EXP float64, q(r)", exp_rest, one, -edge, edge, 11)
    show("EXP float32, q(r)", exp_rest, one, -edge, edge, 6)

    def atanh_rest(w):
        z = sqrt(w)
        return 2 * (atanh(z) - z) / z**3

    atanh_smooth = smooth(atanh_rest, mpf(2) / 3)
    # 2 atanh z = 2z + z w Q(w), w = z^2; the error that counts is that of w Q(w) / 2.
    half = lambda w: w / 2 + mpf(2) ** -60
    log_edge = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2
    show("LOG float64, Q(w)", atanh_smooth, half, mpf(0), log_edge, 7)
    show("LOG float32, Q(w)", atanh_smooth, half, mpf(0), log_edge, 4)
    show("SOFTPLUS float64, Q(w)", atanh_smooth, half, mpf(0), mpf(1) / 9, 13)
    show("SOFTPLUS float32, Q(w)", atanh_smooth, half, mpf(0), mpf(1) / 9, 6)

    # atanh z = z (1 + w (1/3 + w (1/5 + w P(w)))), w = z^2; 1/3 and 1/5 are taken to twice the precision
    power_rest = smooth(lambda w: (atanh(sqrt(w)) / sqrt(w) - 1 - w / 3 - w**2 / 5) / w**3, mpf(1) / 7)
    show("POWER float64, P(w)", power_rest, lambda w: w**3 + mpf(2) ** -60, mpf(0), log_edge, 7)
    parts("1/3", mpf(1) / 3, [54])
    parts("1/5", mpf(1) / 5, [55])

    quarter = (pi / 4 + mpf(2) ** -12) ** 2
    sin_rest = smooth(lambda w: (sin(sqrt(w)) - sqrt(w)) / (sqrt(w) * w), -mpf(1) / 6)
    cos_rest = smooth(lambda w: (cos(sqrt(w)) - 1 + w / 2) / w**2, mpf(1) / 24)
    show("SIN float64, S(w)", sin_rest, lambda w: w + mpf(2) ** -60, mpf(0), quarter, 6)
    show("SIN float32, S(w)", sin_rest, lambda w: w + mpf(2) ** -60, mpf(0), quarter, 4)
    show("COS float64, C(w)", cos_rest, lambda w: w**2 + mpf(2) ** -60, mpf(0), quarter, 6)
    show("COS float32, C(w)", cos_rest, lambda w: w**2 + mpf(2) ** -60, mpf(0), quarter, 4)

    erf_rest = smooth(lambda w: erf(sqrt(w)) / sqrt(w) - 1, 2 / sqrt(pi) - 1)
    show("ERF float64, P(w)", erf_rest, one, mpf(0), mpf(1), 13)
    show("ERF float32, P(w)", erf_rest, one, mpf(0), mpf(1), 8)
    # erfc(x) = exp(-x^2) h(x - 2); what counts is the error of erfc beside erf, which is nearly 1.
    scaled = lambda t: erfc(2 + t) * exp((2 + t) ** 2)
    show("ERFC float64, h(t)", scaled, lambda t: exp(-((2 + t) ** 2)), mpf(-1), mpf(4), 21)
    show("ERFC float32, h(t)", scaled, lambda t: exp(-((2 + t) ** 2)), mpf(-1), mpf(2), 10)
    # Constants of the argument reductions: all parts but the last are short, so that whole multiples of them are exact.
    parts("log 2", log(2), [42])
    parts("pi/2", pi / 2, [39, 79])
    parts("pi/2", pi / 2, [32])


if __name__ == "__main__":
    main()
