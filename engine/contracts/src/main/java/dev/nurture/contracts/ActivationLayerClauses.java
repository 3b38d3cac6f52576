package dev.nurture.contracts;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Shape;
import java.util.List;

/** What an activation that is a layer promises. */
final class ActivationLayerClauses {
    static final Contract<ActivationLayer> CONTRACT = LayerClauses.CONTRACT.and(
            ActivationLayer.class,
            List.of(new Clause<>(
                    "inputs_per_unit",
                    "makes n · inputsPerUnit() channels n, of vectors and of images",
                    ActivationLayerClauses::inputsPerUnit)));

    private ActivationLayerClauses() {}

    private static void inputsPerUnit(Subject<ActivationLayer> subject) {
        int k = subject.fresh().inputsPerUnit();
        if (k < 1) {
            throw new Violation("inputsPerUnit() is not positive", k, "at least 1");
        }
        for (int n : new int[] {1, 3, 8}) {
            requireUnits(subject, Shape.of(n * k), Shape.of(n));
            requireUnits(subject, Shape.of(n * k, 4, 5), Shape.of(n, 4, 5));
        }
    }

    private static void requireUnits(Subject<ActivationLayer> subject, Shape input, Shape expected) {
        ActivationLayer layer = subject.fresh();
        String sentence = "with inputsPerUnit() = " + layer.inputsPerUnit() + ", inputs of shape " + input;
        try {
            Shape output = layer.build(input, new TestVariables(2));
            if (!output.equals(expected)) {
                throw new Violation(sentence + " give another shape", output, expected);
            }
        } catch (IllegalArgumentException e) {
            throw new Violation(sentence + " are refused", e.getMessage(), expected);
        }
    }
}
