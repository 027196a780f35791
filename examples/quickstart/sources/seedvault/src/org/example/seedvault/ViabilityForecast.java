// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Tomasz Brandl

package org.example.seedvault;

/**
 * Predicts how the share of living seed falls with storage time.
 *
 * <p>Deaths are assumed to be normally distributed over time, so the share of
 * survivors is a straight line on the probit scale. Cold and dry storage
 * stretches the line.
 */
public final class ViabilityForecast {

    private final double initialProbit;
    private final double sigmaYears;

    /**
     * @param initialShare share of living seed on arrival, strictly between 0 and 1
     * @param sigmaYears years in which viability falls by one probit unit
     */
    public ViabilityForecast(double initialShare, double sigmaYears) {
        if (!(initialShare > 0 && initialShare < 1)) {
            throw new IllegalArgumentException("share must lie between 0 and 1");
        }
        if (!(sigmaYears > 0)) {
            throw new IllegalArgumentException("sigma must be positive");
        }
        this.initialProbit = probit(initialShare);
        this.sigmaYears = sigmaYears;
    }

    /** Share of seed expected to germinate after the given time. */
    public double shareAfter(double years) {
        return normalCdf(initialProbit - years / sigmaYears);
    }

    /** Years until the share drops to {@code threshold}; zero if already below. */
    public double yearsUntil(double threshold) {
        return Math.max(0, (initialProbit - probit(threshold)) * sigmaYears);
    }

    /** Each ten degrees of cooling multiplies the lifetime by {@code factor}. */
    public ViabilityForecast cooledBy(double degrees, double factor) {
        double stretched = sigmaYears * Math.pow(factor, degrees / 10);
        return new ViabilityForecast(normalCdf(initialProbit), stretched);
    }

    /** Area under the bell curve, summed as a power series around zero. */
    static double normalCdf(double x) {
        if (x < -8) {
            return 0;
        }
        if (x > 8) {
            return 1;
        }
        double sum = 0;
        double term = x;
        for (int i = 3; sum + term != sum; i += 2) {
            sum += term;
            term = term * x * x / i;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** Inverse of {@link #normalCdf} by bisection; exact enough for labels. */
    static double probit(double share) {
        double low = -8;
        double high = 8;
        while (high - low > 1e-10) {
            double mid = (low + high) / 2;
            if (normalCdf(mid) < share) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return (low + high) / 2;
    }
}
