package dev.nurture.testkit;

import dev.nurture.contracts.Contract;
import dev.nurture.contracts.Examination;
import dev.nurture.contracts.NotApplicable;
import dev.nurture.contracts.Sample;
import dev.nurture.contracts.Subject;
import dev.nurture.contracts.Verdict;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests of a whole plugin: every part that it offers is held to the contract of its kind, under its defaults and under
 * settings near them.
 */
public abstract class PluginContract {
    /** Seeds besides {@link #seed} with which each part is examined under its defaults; {@code -Dnurture.seeds=200}. */
    private static final int SEEDS = Integer.getInteger("nurture.seeds", 3);

    /** Returns a new instance of the plugin. */
    protected abstract Plugin plugin();

    /** Returns the seed of the inputs that the clauses draw; another one gives other inputs. */
    protected long seed() {
        return 1;
    }

    /**
     * Returns a part to examine with what the author states of it, such as a formula; the settings are the sample's.
     *
     * @param subject the part, of which nothing is stated
     */
    protected <T> Subject<T> state(Sample<T> sample, Subject<T> subject) {
        return subject;
    }

    /** Returns the tests: of the plugin as a whole, then of each part. */
    @TestFactory
    final Stream<DynamicNode> contract() {
        List<Factory<?>> factories = plugin().factories();
        return Stream.concat(
                Stream.of(
                        DynamicTest.dynamicTest("service: is named in META-INF/services", this::requireService),
                        DynamicTest.dynamicTest(
                                "docs: documents each part and parameter", () -> requireDocs(factories))),
                factories.stream().map(this::part));
    }

    private void requireService() {
        Class<?> own = plugin().getClass();
        boolean named = ServiceLoader.load(Plugin.class, own.getClassLoader()).stream()
                .anyMatch(provider -> provider.type() == own);
        Assertions.assertTrue(
                named, () -> "META-INF/services/" + Plugin.class.getName() + " does not name " + own.getName());
    }

    private static void requireDocs(List<Factory<?>> factories) {
        for (Factory<?> factory : factories) {
            Assertions.assertFalse(factory.doc().isBlank(), () -> "'" + factory.name() + "' has no documentation");
            for (Param<?> param : factory.params()) {
                Assertions.assertFalse(
                        param.doc().isBlank(),
                        () -> "'" + factory.name() + "': parameter '" + param.name() + "' has no documentation");
            }
        }
    }

    private <T> DynamicNode part(Factory<T> factory) {
        String name = factory.type().getSimpleName() + " " + factory.name();
        Contract<T> contract = Contract.of(factory.type()).orElse(null);
        if (contract == null) {
            return DynamicTest.dynamicTest(
                    name, () -> Assertions.fail(factory.type().getName() + " is no kind of part"));
        }
        List<Sample<T>> samples;
        try {
            samples = Sample.of(factory);
        } catch (NotApplicable e) {
            return DynamicTest.dynamicTest(name, () -> Assumptions.abort(e.getMessage()));
        }
        return DynamicContainer.dynamicContainer(
                name,
                Stream.concat(
                        samples.stream()
                                .flatMap(sample -> ClauseTests.of(
                                        contract, state(sample, sample.subject(seed())), sample.description())),
                        Stream.of(calm(contract, samples.get(0)))));
    }

    /** Makes a test that no clause alarms, whatever the inputs drawn: under the defaults, with seeds of its own. */
    private <T> DynamicTest calm(Contract<T> contract, Sample<T> defaults) {
        return DynamicTest.dynamicTest("calm: breaks no clause with " + SEEDS + " other seeds", () -> {
            List<String> alarms = new ArrayList<>();
            for (long seed = seed() + 1; seed <= seed() + SEEDS; seed++) {
                for (Verdict verdict :
                        Examination.of(contract, state(defaults, defaults.subject(seed)), Examination.LIMIT)) {
                    if (verdict.broken()) {
                        alarms.add("seed " + seed + ", " + verdict.clause() + ": " + verdict.message());
                    }
                }
            }
            Assertions.assertEquals(List.of(), alarms);
        });
    }
}
