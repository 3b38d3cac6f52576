package dev.nurture.verify;

import dev.nurture.contracts.Contract;
import dev.nurture.contracts.Examination;
import dev.nurture.contracts.NotApplicable;
import dev.nurture.contracts.Sample;
import dev.nurture.contracts.Speed;
import dev.nurture.contracts.Verdict;
import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Factory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Examines parts under their defaults and under settings near them, and times them beside a built-in one. */
public final class Verifier {
    /** A usual part of each kind. */
    private static final Map<Kind, String> PEERS = Map.of(
            Kind.ACTIVATION, "tanh",
            Kind.INITIALIZER, "normal",
            Kind.LAYER, "dense",
            Kind.LOSS, "softmax_cross_entropy",
            Kind.NORMALIZATION, "batch",
            Kind.OPTIMIZER, "adam",
            Kind.PREPROCESS, "normalize",
            Kind.SCHEDULE, "cosine");

    private final PluginCatalog builtIn;
    private final Compute compute;
    private final long seed;
    private final Duration limit;
    private final Map<Kind, OptionalDouble> peerNanos = new EnumMap<>(Kind.class);

    /**
     * Prepares to examine.
     *
     * @param builtIn where the parts to compare with are
     * @param compute that layers are timed with
     * @param seed of the inputs that the clauses draw
     * @param limit of time for a clause
     */
    public Verifier(PluginCatalog builtIn, Compute compute, long seed, Duration limit) {
        this.builtIn = builtIn;
        this.compute = compute;
        this.seed = seed;
        this.limit = limit;
    }

    /** Returns how a part stands to its contract. Nothing that the part throws gets out. */
    public PartReport verify(Part part) {
        return verify(part, part.factory());
    }

    private <T> PartReport verify(Part part, Factory<T> factory) {
        Contract<T> contract = Contract.of(factory.type()).orElseThrow();
        String peer = PEERS.getOrDefault(part.kind(), "");
        List<PartReport.Run> runs = new ArrayList<>();
        try {
            for (Sample<T> sample : samples(factory)) {
                List<Verdict> verdicts = Examination.of(contract, sample.subject(seed), limit);
                runs.add(new PartReport.Run(sample.description(), verdicts));
                if (verdicts.stream().anyMatch(Verdict::broken)) {
                    break;
                }
            }
        } catch (NotApplicable e) {
            return new PartReport(
                    part, runs, Optional.of(e.getMessage()), OptionalDouble.empty(), peer, OptionalDouble.empty());
        }
        boolean broken = runs.stream().flatMap(run -> run.verdicts().stream()).anyMatch(Verdict::broken);
        return new PartReport(
                part,
                runs,
                Optional.empty(),
                broken ? OptionalDouble.empty() : nanos(factory),
                peer,
                peerNanos.computeIfAbsent(part.kind(), this::peerNanos));
    }

    /** A part may throw anything when it is made; then the examination of its defaults will say so. */
    private static <T> List<Sample<T>> samples(Factory<T> factory) {
        try {
            return Sample.of(factory);
        } catch (NotApplicable e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return List.of(Sample.defaults(factory));
        }
    }

    private OptionalDouble peerNanos(Kind kind) {
        return builtIn.find(kind, PEERS.getOrDefault(kind, ""))
                .map(other -> nanos(other.factory()))
                .orElse(OptionalDouble.empty());
    }

    private OptionalDouble nanos(Factory<?> factory) {
        try {
            return Speed.nanosPerElement(Sample.defaults(factory).create(), compute);
        } catch (NotApplicable e) {
            return OptionalDouble.empty();
        }
    }
}
