package dev.nurture.contracts;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.ArrayList;
import java.util.List;

/** Shapes of inputs on which a part that is built for a shape can be tried. */
final class CandidateShapes {
    /** Rows of the batches that clauses run, unless they say otherwise. */
    private static final int CAPACITY = 8;

    private CandidateShapes() {}

    /** Builds a part for a shape and returns the shape of its output. */
    interface Build<T> {
        Shape build(T part, Shape input, Variables variables);
    }

    /**
     * Returns vectors and images of several sizes, channels first; or the one shape that the author states.
     *
     * <p>Channels come in multiples of what an activation takes for a unit.
     */
    static <T> List<Shape> all(Subject<T> subject) {
        Shape stated = subject.reference(Shape.class).orElse(null);
        if (stated != null) {
            return List.of(stated);
        }
        int k = subject.fresh() instanceof ActivationLayer activation ? Math.max(1, activation.inputsPerUnit()) : 1;
        int even = k == 1 || k == 2 ? 2 : k;
        return List.of(
                Shape.of(3 * even),
                Shape.of(32 * even),
                Shape.of(k == 1 ? 3 : k, 5, 4),
                Shape.of(2 * even, 7, 8),
                Shape.of(8 * even, 10, 9));
    }

    /**
     * Returns those that the part takes.
     *
     * @throws NotApplicable if it takes none
     */
    static <T> List<Shape> accepted(Subject<T> subject, Build<T> build) {
        List<Shape> accepted = new ArrayList<>();
        for (Shape shape : all(subject)) {
            try {
                build.build(subject.fresh(), shape, new TestVariables(CAPACITY));
                accepted.add(shape);
            } catch (IllegalArgumentException e) {
                // Refused, as it may.
                continue;
            }
        }
        if (accepted.isEmpty()) {
            throw new NotApplicable("it takes none of the shapes " + all(subject));
        }
        return accepted;
    }

    /** Returns the smallest of each rank. */
    static List<Shape> few(List<Shape> accepted) {
        List<Shape> few = new ArrayList<>();
        for (Shape shape : accepted) {
            if (few.stream().noneMatch(other -> other.rank() == shape.rank())) {
                few.add(shape);
            }
        }
        return few;
    }

    static List<Shape> few(Subject<Layer> subject) {
        return few(accepted(subject, Layer::build));
    }

    static List<Shape> fewRows(Subject<Preprocessor> subject) {
        return few(accepted(subject, Preprocessor::build));
    }

    /**
     * Requires that a part takes some shape, and gives the same shape from each instance.
     */
    static <T> void require(Subject<T> subject, Build<T> build) {
        List<String> refusals = new ArrayList<>();
        List<Shape> all = all(subject);
        for (Shape input : all) {
            Shape output;
            try {
                output = build.build(subject.fresh(), input, new TestVariables(CAPACITY));
            } catch (IllegalArgumentException e) {
                if (e.getMessage() == null || e.getMessage().isBlank()) {
                    throw new Violation(
                            "refuses inputs of shape " + input + " without a word", e, "a message for the user");
                }
                refusals.add(e.getMessage());
                continue;
            }
            if (output == null) {
                throw new Violation("build gives no shape for inputs of shape " + input, "null", "the output's");
            }
            Shape again = build.build(subject.fresh(), input, new TestVariables(CAPACITY));
            if (!output.equals(again)) {
                throw new Violation(
                        "a second instance gives another shape for inputs of shape " + input, again, output);
            }
        }
        if (refusals.size() == all.size()) {
            throw new Violation("takes none of the shapes " + all, refusals.get(0), "at least one");
        }
    }
}
