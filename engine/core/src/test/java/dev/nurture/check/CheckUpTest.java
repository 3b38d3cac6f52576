package dev.nurture.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Finding.Severity;
import dev.nurture.spi.SanityCheck;
import dev.nurture.train.Experiment;
import dev.nurture.train.SmallParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckUpTest {
    @TempDir
    Path folder;

    private SmallParts parts;
    private final List<String> begun = new ArrayList<>();

    @BeforeEach
    void make() {
        parts = new SmallParts(folder);
    }

    private void check(String name, SanityCheck check) {
        parts.add(SanityCheck.class, name, () -> check);
    }

    /** Adds a check that finds that, whatever it looks at. */
    private void finding(String name, Finding... findings) {
        check(name, bench -> List.of(findings));
    }

    private static Finding finding(String fault, Severity severity) {
        return new Finding(fault, severity, "elsewhere", "a", 2, "> 1", "it is so", "mend it", "a paper");
    }

    private List<Finding> look(String... overrides) throws Exception {
        try (Experiment experiment = parts.experiment(overrides)) {
            return new CheckUp(experiment, begun::add).look().findings();
        }
    }

    @Test
    void theRootCauseComesFirstAndWhatIsGraveBeforeWhatIsNot() throws Exception {
        finding("a_training", finding("learning_rate_high", Severity.FAIL), finding("class_imbalance", Severity.WARN));
        finding("b_own", finding("odd_weather", Severity.FAIL));
        finding("c_data", finding("non_finite_data", Severity.FAIL), finding("input_scale", Severity.WARN));
        finding("d_model", finding("symmetric_init", Severity.FAIL), finding("note", Severity.INFO));
        List<Finding> findings = look();
        assertThat(findings)
                .extracting(Finding::fault)
                .containsExactly(
                        "non_finite_data",
                        "symmetric_init",
                        "learning_rate_high",
                        "odd_weather",
                        "input_scale",
                        "class_imbalance",
                        "note");
        assertThat(findings).extracting(Finding::phase).containsOnly("check");
        assertThat(begun).containsExactly("a_training", "b_own", "c_data", "d_model");
        assertThat(CheckUp.forbidding(findings)).contains(findings.get(0));
    }

    @Test
    void aCheckThatIsToWarnStopsNothing() throws Exception {
        finding("grave", finding("loss_sign", Severity.FAIL), finding("note", Severity.INFO));
        List<Finding> findings = look("checks.grave.on_failure=warn");
        assertThat(findings)
                .containsExactly(
                        finding("loss_sign", Severity.WARN).in("check"),
                        finding("note", Severity.INFO).in("check"));
        assertThat(CheckUp.forbidding(findings)).isEmpty();
        assertThat(CheckUp.forbidding(look())).isPresent();
    }

    @Test
    void aCheckThatIsSwitchedOffDoesNotRun() throws Exception {
        check("broken", bench -> {
            throw new AssertionError("looked");
        });
        finding("other", finding("loss_sign", Severity.WARN));
        assertThat(look("checks.broken=false")).hasSize(1);
        assertThat(begun).containsExactly("other");
    }

    @Test
    void aCheckThatFailsIsNamedWithItsPlugin() {
        check("broken", bench -> {
            throw new Untraced();
        });
        assertThatThrownBy(this::look)
                .isInstanceOf(PluginException.class)
                .hasMessage("plugin small 1 failed: Untraced: no luck; in check 'broken'");
    }

    @Test
    void aCheckThatGivesNothingForAFindingIsNamedWithItsPlugin() {
        for (List<Finding> nothing : Arrays.<List<Finding>>asList(null, Arrays.asList((Finding) null))) {
            check("empty", bench -> nothing);
            assertThatThrownBy(this::look)
                    .isInstanceOf(PluginException.class)
                    .hasMessage("plugin small 1 gave null where a finding or a list of them belongs; in check 'empty'");
        }
    }

    @Test
    void everyCheckDrawsFromAStreamOfItsOwnThatIsTheSameAtEveryStart() throws Exception {
        List<Long> drawn = new ArrayList<>();
        SanityCheck drawing = bench -> {
            drawn.add(bench.random().nextLong());
            drawn.add(bench.random().nextLong());
            return List.of();
        };
        check("one", drawing);
        check("two", drawing);
        look();
        look();
        assertThat(drawn.subList(0, 4)).isEqualTo(drawn.subList(4, 8));
        assertThat(drawn.get(0)).isEqualTo(drawn.get(1)).isNotEqualTo(drawn.get(2));
    }

    @Test
    void theBenchShowsTheExperimentAsItIsToBeTrained() throws Exception {
        List<Bench.Plan> plans = new ArrayList<>();
        check("looking", bench -> {
            plans.add(bench.plan());
            assertThat(bench.train().rows()).isEqualTo(28);
            assertThat(bench.validation().orElseThrow().rows()).isEqualTo(4);
            assertThat(bench.test().orElseThrow().rows()).isEqualTo(8);
            assertThat(Arrays.stream(bench.order(1)).sorted().boxed().toList())
                    .hasSize(28)
                    .doesNotHaveDuplicates()
                    .startsWith(0)
                    .endsWith(27);
            assertThat(bench.unsteadyPreprocessing()).isEmpty();
            return List.of();
        });
        assertThat(look("regularization.l1=0.5", "regularization.l2=0.25")).isEmpty();
        assertThat(plans).containsExactly(new Bench.Plan(2, 4, 0.05f, 0.5, 0.25, Double.NaN, "square", "descent"));
    }

    /** As compiled code that has thrown often throws it. */
    private static final class Untraced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Untraced() {
            super("no luck", null, false, false);
        }
    }
}
