package dev.nurture.contracts;

/** Functions that an optimizer is to make small. */
enum TestFunction {
    /** {@code ½ Σ λ·w²}, the curvatures λ from 1 to 100 in equal ratios. */
    QUADRATIC("a quadratic of condition 100", new double[] {1, -1, 1, -1, 1, -1, 1, -1}) {
        private double curvature(int i) {
            return Math.pow(100, i / 7.0);
        }

        @Override
        double value(double[] w) {
            double sum = 0;
            for (int i = 0; i < w.length; i++) {
                sum += curvature(i) * w[i] * w[i] / 2;
            }
            return sum;
        }

        @Override
        void gradient(double[] w, double[] g) {
            for (int i = 0; i < w.length; i++) {
                g[i] = curvature(i) * w[i];
            }
        }
    },

    /** {@code (1 − w₀)² + 100(w₁ − w₀²)²} from (−1.2, 1), where it is 24.2: H. Rosenbrock (1960). */
    ROSENBROCK("Rosenbrock's function", new double[] {-1.2, 1}) {
        @Override
        double value(double[] w) {
            double gap = w[1] - w[0] * w[0];
            return (1 - w[0]) * (1 - w[0]) + 100 * gap * gap;
        }

        @Override
        void gradient(double[] w, double[] g) {
            double gap = w[1] - w[0] * w[0];
            g[0] = -2 * (1 - w[0]) - 400 * w[0] * gap;
            g[1] = 200 * gap;
        }
    };

    private static final double LONGEST = 10;

    final String title;
    private final double[] start;

    TestFunction(String title, double[] start) {
        this.title = title;
        this.start = start;
    }

    abstract double value(double[] w);

    abstract void gradient(double[] w, double[] g);

    double[] start() {
        return start.clone();
    }

    /** Returns the gradient, not longer than 10, in the precision of a training. */
    float[] clipped(double[] w) {
        double[] g = new double[w.length];
        gradient(w, g);
        double squares = 0;
        for (double value : g) {
            squares += value * value;
        }
        double scale = Math.min(1, LONGEST / Math.sqrt(squares));
        float[] clipped = new float[w.length];
        for (int i = 0; i < w.length; i++) {
            clipped[i] = (float) (g[i] * scale);
        }
        return clipped;
    }
}
