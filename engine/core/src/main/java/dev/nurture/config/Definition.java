package dev.nurture.config;

import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An experiment, checked and complete: every default is filled in. Immutable.
 *
 * @param name of the experiment, {@code [A-Za-z0-9._-]{1,64}}
 * @param seed of all its random streams
 * @param preprocess in the order in which they apply
 * @param model the layers in order, at least one; an activation or normalization standing for itself is made as a layer
 * @param expect what its run should come to
 * @param search what {@code nurture search} does, as written
 */
public record Definition(
        String name,
        long seed,
        Data data,
        List<PartSettings> preprocess,
        List<PartSettings> model,
        PartSettings loss,
        Regularization regularization,
        PartSettings optimizer,
        PartSettings schedule,
        Training training,
        Checks checks,
        Monitors monitors,
        List<Expectation> expect,
        Listeners listeners,
        Optional<Value.Mapping> search) {

    static final long DEFAULT_SEED = 231;
    static final String DEFAULT_LOSS = "softmax_cross_entropy";
    static final String DEFAULT_OPTIMIZER = "adam";
    static final String DEFAULT_SCHEDULE = "constant";

    public Definition {
        preprocess = List.copyOf(preprocess);
        model = List.copyOf(model);
        expect = List.copyOf(expect);
    }

    /** Returns the seed of the rows and of how they are split. */
    public long dataSeed() {
        return data.seed.map(Integer::longValue).orElse(seed);
    }

    /** Returns this definition for another number of workers; its results are the same. */
    public Definition onThreads(int threads) {
        Training other = new Training(
                training.epochs,
                training.batchSize,
                threads,
                training.clipNorm,
                training.checkpointEvery,
                training.checkpointSteps,
                training.checkpointMinutes,
                training.keep,
                training.earlyStopping);
        return new Definition(
                name,
                seed,
                data,
                preprocess,
                model,
                loss,
                regularization,
                optimizer,
                schedule,
                other,
                checks,
                monitors,
                expect,
                listeners,
                search);
    }

    /** Returns every part that it names at the top, in the order of the definition; parts of parts are within them. */
    public List<PartSettings> parts() {
        List<PartSettings> parts = new ArrayList<>(List.of(data.source));
        parts.addAll(preprocess);
        parts.addAll(model);
        parts.addAll(List.of(loss, optimizer, schedule));
        return parts;
    }

    /**
     * The rows and how they are split.
     *
     * @param validation the share of the training rows held back to watch training by, in [0, 1)
     * @param test the share held back for the end, in [0, 1), where the set has no test split of its own
     * @param limit the number of training rows taken after shuffling, if not all
     * @param seed of the rows and the splits, if not that of the experiment
     */
    public record Data(
            PartSettings source, double validation, double test, Optional<Integer> limit, Optional<Integer> seed) {
        static final Param<Double> VALIDATION = Param.number("validation")
                .in("[0, 1)")
                .or(0.1)
                .doc("share of the training rows held back to watch training by");
        static final Param<Double> TEST = Param.number("test")
                .in("[0, 1)")
                .or(0.2)
                .doc("share of the training rows held back for the end, where the set has no test split of its own");
        static final Param<Integer> LIMIT = Param.integer("limit")
                .in("[1, 2147483647]")
                .optional()
                .doc("takes the first so many training rows after shuffling");

        static final Param<Integer> SEED = Param.integer("seed")
                .in("[0, 2147483647]")
                .optional()
                .doc("of the rows, where they are generated, and of the splits; otherwise that of the experiment");

        /** What any data set has beside its own parameters. */
        public static final List<Param<?>> PARAMS = List.of(VALIDATION, TEST, LIMIT, SEED);
    }

    /** What is added to the loss: {@code l1·Σ|w| + ½·l2·Σw²} over the weights. */
    public record Regularization(double l1, double l2) {
        static final Param<Double> L1 =
                Param.number("l1").in("[0, inf)").or(0.0).doc("adds l1·Σ|w| to the loss");
        static final Param<Double> L2 =
                Param.number("l2").in("[0, inf)").or(0.0).doc("adds ½·l2·Σw² to the loss");

        public static final List<Param<?>> PARAMS = List.of(L1, L2);

        Regularization(Settings settings) {
            this(settings.get(L1), settings.get(L2));
        }
    }

    /**
     * How training goes.
     *
     * @param threads workers; results do not depend on them
     * @param clipNorm the greatest norm of the gradient of all weights together, if it is limited
     * @param checkpointEvery epochs
     * @param checkpointSteps steps, if there are to be checkpoints within epochs
     * @param checkpointMinutes likewise, of a clock that only goes forward; results do not depend on them
     * @param keep the number of checkpoints kept beside the best
     */
    public record Training(
            int epochs,
            int batchSize,
            int threads,
            Optional<Double> clipNorm,
            int checkpointEvery,
            Optional<Integer> checkpointSteps,
            Optional<Double> checkpointMinutes,
            int keep,
            Optional<EarlyStopping> earlyStopping) {
        /** More workers than this wait for one another longer than they work. */
        private static final int MOST_THREADS_BY_DEFAULT = 16;

        static final Param<Integer> EPOCHS = Param.integer("epochs")
                .in("[0, 1000000]")
                .or(10)
                .doc("times that each row is seen; 0 looks at the untrained network");
        static final Param<Integer> BATCH_SIZE =
                Param.integer("batch_size").in("[1, 1000000]").or(64).doc("rows a step");
        static final Param<Integer> THREADS = Param.integer("threads")
                .in("[1, 1024]")
                .or(Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS_BY_DEFAULT))
                .doc("workers; results do not depend on them");
        static final Param<Double> CLIP_NORM =
                Param.number("clip_norm").in("(0, inf)").optional().doc("scales a gradient of greater norm down to it");
        static final Param<Integer> CHECKPOINT_EVERY =
                Param.integer("checkpoint_every").in("[1, 1000000]").or(1).doc("epochs between checkpoints");
        static final Param<Integer> CHECKPOINT_STEPS = Param.integer("checkpoint_steps")
                .in("[1, 2147483647]")
                .optional()
                .doc("steps between checkpoints, within an epoch too");
        static final Param<Double> CHECKPOINT_MINUTES = Param.number("checkpoint_minutes")
                .in("(0, 525600]")
                .optional()
                .doc("minutes after which a checkpoint is due, within an epoch too; results do not depend on them");
        static final Param<Integer> KEEP =
                Param.integer("keep").in("[1, 1000000]").or(3).doc("checkpoints kept beside the best");

        public static final List<Param<?>> PARAMS = List.of(
                EPOCHS, BATCH_SIZE, THREADS, CLIP_NORM, CHECKPOINT_EVERY, CHECKPOINT_STEPS, CHECKPOINT_MINUTES, KEEP);

        Training(Settings settings, Optional<EarlyStopping> earlyStopping) {
            this(
                    settings.get(EPOCHS),
                    settings.get(BATCH_SIZE),
                    settings.get(THREADS),
                    Optional.ofNullable(settings.get(CLIP_NORM)),
                    settings.get(CHECKPOINT_EVERY),
                    Optional.ofNullable(settings.get(CHECKPOINT_STEPS)),
                    Optional.ofNullable(settings.get(CHECKPOINT_MINUTES)),
                    settings.get(KEEP),
                    earlyStopping);
        }
    }

    /**
     * When to stop before the last epoch.
     *
     * @param metric a loss, which should fall, or an accuracy, which should rise
     * @param patience epochs without improvement after which training stops
     * @param restoreBest whether the weights of the best epoch are taken back
     */
    public record EarlyStopping(String metric, int patience, boolean restoreBest) {
        static final Param<String> METRIC = Param.choice(
                        "metric", "validation_loss", "validation_accuracy", "train_loss", "train_accuracy")
                .or("validation_loss")
                .doc("what should improve");
        static final Param<Integer> PATIENCE =
                Param.integer("patience").in("[1, 1000000]").or(5).doc("epochs without improvement before it stops");
        static final Param<Boolean> RESTORE_BEST =
                Param.flag("restore_best").or(true).doc("takes the weights of the best epoch back");

        public static final List<Param<?>> PARAMS = List.of(METRIC, PATIENCE, RESTORE_BEST);

        EarlyStopping(Settings settings) {
            this(settings.get(METRIC), settings.get(PATIENCE), settings.get(RESTORE_BEST));
        }
    }

    /**
     * What is looked at before training.
     *
     * @param enabled in the order of their names
     * @param disabled the names of those that the definition switches off
     * @param other settings of checks that no plugin offers, as written
     */
    public record Checks(List<Guard> enabled, List<String> disabled, Value.Mapping other) {
        public Checks {
            enabled = List.copyOf(enabled);
            disabled = List.copyOf(disabled);
        }
    }

    /**
     * A check or a monitor.
     *
     * @param stop whether what it finds may forbid or end training; otherwise it warns at most
     */
    public record Guard(PartSettings part, boolean stop) {
        static final String STOP = "stop";
        static final String WARN = "warn";

        static final Param<String> ON_FAILURE = Param.choice("on_failure", STOP, WARN)
                .or(STOP)
                .doc("whether what it finds may keep the network from being trained");

        /** What any check and any monitor has beside its own parameters. */
        public static final List<Param<?>> PARAMS = List.of(ON_FAILURE);
    }

    /**
     * What is watched while it trains.
     *
     * @param interval steps from one look inside the network to the next
     * @param enabled in the order of their names
     * @param disabled the names of those that the definition switches off
     * @param stalled absent: not watched
     * @param other settings of monitors that no plugin offers, as written
     */
    public record Monitors(
            int interval, List<Guard> enabled, List<String> disabled, Optional<Stalled> stalled, Value.Mapping other) {
        static final Param<Integer> INTERVAL = Param.integer("interval")
                .in("[1, 1000000]")
                .or(20)
                .doc("steps from one look at activations, gradients and updates to the next");

        /** What stands beside the monitors themselves. */
        public static final List<Param<?>> PARAMS = List.of(INTERVAL);

        public Monitors {
            enabled = List.copyOf(enabled);
            disabled = List.copyOf(disabled);
        }
    }

    /**
     * When training that makes no progress is ended.
     *
     * @param seconds that a step, or a batch of an evaluation, may take
     */
    public record Stalled(double seconds) {
        static final Param<Double> SECONDS = Param.number("seconds")
                .in("(0, 31536000]")
                .or(300.0)
                .doc("ends a run in which no step, and no batch of an evaluation, was finished for so long");

        public static final List<Param<?>> PARAMS = List.of(SECONDS);

        Stalled(Settings settings) {
            this(settings.get(SECONDS));
        }
    }

    /**
     * Who hears how a run goes.
     *
     * @param enabled those that the definition names, in the order of their names
     * @param unread settings of {@code metrics} where no plugin serves them, as written
     */
    public record Listeners(List<PartSettings> enabled, Optional<Value> unread) {
        /** The listener that has a section of its own. */
        static final String METRICS = "metrics";

        public Listeners {
            enabled = List.copyOf(enabled);
        }
    }
}
