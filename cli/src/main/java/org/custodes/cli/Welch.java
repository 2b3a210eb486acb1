package org.custodes.cli;

import java.util.List;

/// Welch's test: whether two samples of unequal spread have the same mean.
final class Welch {
    private static final int MOST_STEPS = 500;
    private static final double TINY = 1e-300;
    private static final double CLOSE = 1e-12;

    private Welch() {}

    /// How probable a difference of means like theirs is by chance, to either side; 1 if nothing varies.
    static double probability(List<Double> one, List<Double> other) {
        var first = Sample.of(one);
        var second = Sample.of(other);
        var spread = first.error() + second.error();
        if (spread == 0) {
            return first.mean() == second.mean() ? 1 : 0;
        }
        var t = (first.mean() - second.mean()) / Math.sqrt(spread);
        var freedom =
                spread
                        * spread
                        / (first.error() * first.error() / (first.size() - 1)
                                + second.error() * second.error() / (second.size() - 1));
        return beta(freedom / (freedom + t * t), freedom / 2, 0.5);
    }

    /// @param error the variance of the mean
    private record Sample(int size, double mean, double error) {
        static Sample of(List<Double> values) {
            var mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
            var squares =
                    values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
            return new Sample(values.size(), mean, squares / (values.size() - 1.0) / values.size());
        }
    }

    /// The regularized incomplete beta function (DLMF 8.17.22), which is the tail of Student's distribution.
    private static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - beta(1 - x, b, a);
        }
        var front =
                Math.exp(
                        logGamma(a + b)
                                - logGamma(a)
                                - logGamma(b)
                                + a * Math.log(x)
                                + b * Math.log1p(-x));
        return front * fraction(x, a, b) / a;
    }

    /// By Lentz's method.
    private static double fraction(double x, double a, double b) {
        var c = 1.0;
        var d = 1 / away(1 - (a + b) * x / (a + 1));
        var value = d;
        for (var m = 1; m <= MOST_STEPS; m++) {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < CLOSE) {
                return value;
            }
        }
        throw new ArithmeticException(
                "The fraction for %s, %s, %s does not end".formatted(x, a, b));
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /// Stirling's series (DLMF 5.11.1), from where it is good to twelve digits.
    private static double logGamma(double x) {
        var shift = 0.0;
        var z = x;
        while (z < 10) {
            shift -= Math.log(z);
            z++;
        }
        return shift
                + (z - 0.5) * Math.log(z)
                - z
                + 0.5 * Math.log(2 * Math.PI)
                + 1 / (12 * z)
                - 1 / (360 * Math.pow(z, 3))
                + 1 / (1260 * Math.pow(z, 5));
    }
}
