package dev.nurture.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Clause<Runnable> RUNS =
            new Clause<>("runs", "runs", subject -> subject.fresh().run());

    private static Verdict verdict(Runnable part, Duration limit) {
        return Examination.verdict(RUNS, Subject.of("part", () -> part, 1), limit);
    }

    @Test
    void aPromiseIsKeptWhenNothingIsThrown() {
        Verdict verdict = verdict(() -> {}, LIMIT);
        assertThat(verdict.status()).isEqualTo(Verdict.Status.KEPT);
        assertThat(verdict.clause()).isEqualTo("runs");
        assertThat(verdict.message()).isEmpty();
    }

    @Test
    void aViolationIsASentenceWithBothFigures() {
        Verdict verdict = verdict(
                () -> {
                    throw new Violation("forward changes its input x[3]", 0.5f, 1);
                },
                LIMIT);
        assertThat(verdict.broken()).isTrue();
        assertThat(verdict.message()).isEqualTo("forward changes its input x[3]: measured 0.5, expected 1");
        assertThat(verdict.measured()).isEqualTo("0.5");
        assertThat(verdict.expected()).isEqualTo("1");
    }

    @Test
    void whatCannotBeJudgedIsNeitherKeptNorBroken() {
        Verdict verdict = verdict(
                () -> {
                    throw new NotApplicable("it needs a file");
                },
                LIMIT);
        assertThat(verdict.status()).isEqualTo(Verdict.Status.NOT_APPLICABLE);
        assertThat(verdict.message()).isEqualTo("it needs a file");
    }

    @Test
    void anythingThrownIsABreachAndGetsNoFurther() {
        for (Throwable thrown : List.of(
                new IllegalStateException("out of order"),
                new NoClassDefFoundError("gone/Library"),
                new StackOverflowError())) {
            Verdict verdict = verdict(() -> ExaminationTest.<RuntimeException>raise(thrown), LIMIT);
            assertThat(verdict.broken()).isTrue();
            assertThat(verdict.message()).startsWith("throws " + thrown);
            assertThat(verdict.expected()).isEqualTo("no exception");
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void aPartThatDoesNotReturnIsHeldToNoFurtherClause() {
        Contract<Runnable> contract = new Contract<>(Runnable.class, List.of(RUNS, RUNS));
        Runnable endless = () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        };
        List<Verdict> verdicts = Examination.of(contract, Subject.of("part", () -> endless, 1), Duration.ofMillis(200));
        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.broken()).isTrue();
            assertThat(verdict.message()).startsWith("does not return within");
        });
    }

    @Test
    void aFactoryThatGivesNothingIsFound() {
        Verdict verdict = Examination.verdict(RUNS, Subject.of("part", () -> null, 1), LIMIT);
        assertThat(verdict.message()).isEqualTo("the factory gives nothing: measured null, expected a new part");
    }
}
