package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hues of lines as those see them who lack a kind of cone, by the matrices of G. Machado, M. Oliveira and L. Fernandes,
 * "A physiologically-based model for simulation of color vision deficiency", 2009, at full severity, and how far apart
 * they are in CIELAB.
 */
class HuesTest {
    private static final double[][][] SIGHTS = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
    };

    private static final double[][] XYZ = {{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}
    };
    private static final double[] WHITE = {0.9505, 1, 1.089};

    private static List<double[]> hues(boolean dark) {
        int from = FigureStyle.css().indexOf("@media screen");
        String part =
                dark ? FigureStyle.css().substring(from) : FigureStyle.css().substring(0, from);
        Matcher hue = Pattern.compile("\\.s[0-7]\\{stroke:#([0-9a-f]{6})}").matcher(part);
        List<double[]> hues = new ArrayList<>();
        while (hue.find()) {
            hues.add(linear(hue.group(1)));
        }
        return hues;
    }

    private static double[] linear(String hex) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static double[] lab(double[] linear) {
        double[] clipped = linear.clone();
        for (int i = 0; i < 3; i++) {
            clipped[i] = Math.max(0, Math.min(1, clipped[i]));
        }
        double[] f = times(XYZ, clipped);
        for (int i = 0; i < 3; i++) {
            double part = f[i] / WHITE[i];
            f[i] = part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16.0 / 116;
        }
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static double luminance(double[] linear) {
        return times(XYZ, linear)[1];
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHuesAreToldApartByEverybodyAndStandOut(boolean dark) {
        List<double[]> hues = hues(dark);
        assertThat(hues).hasSize(LineChart.HUES);
        for (double[][] sight : SIGHTS) {
            for (int i = 0; i < hues.size(); i++) {
                for (int j = 0; j < i; j++) {
                    double[] one = lab(times(sight, hues.get(i)));
                    double[] other = lab(times(sight, hues.get(j)));
                    double apart = Math.sqrt(Math.pow(one[0] - other[0], 2)
                            + Math.pow(one[1] - other[1], 2)
                            + Math.pow(one[2] - other[2], 2));
                    // A just noticeable difference is about 2.3; four lines, the common case, are farther apart still.
                    assertThat(apart).as("hues %d and %d", j, i).isGreaterThan(i < 4 ? 22 : 15);
                }
            }
        }
        double paper = luminance(linear(dark ? "1b1f23" : "ffffff"));
        for (double[] hue : hues) {
            double high = Math.max(luminance(hue), paper) + 0.05;
            double low = Math.min(luminance(hue), paper) + 0.05;
            // WCAG 2.1, 1.4.11: graphical objects.
            assertThat(high / low).isGreaterThan(3);
        }
    }
}
