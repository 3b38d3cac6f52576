package dev.nurture.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Runs each fault in each net with each seed, and healthy controls, and prints what was found and what was not. */
@CommandLine.Command(
        name = "bench",
        description = "Counts which injected faults the check-up and the monitors find, and their false alarms.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FaultBench implements java.util.concurrent.Callable<Integer> {
    private static final double DETECTED = 0.95;
    private static final double NAMED = 0.85;
    private static final double WARNED = 0.02;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--seeds", description = "Such as 1-3 or 4,7; 1-2 were used for tuning (default: 11-15).")
    String seeds = "11-15";

    @Option(names = "--faults", split = ",", description = "Only these faults.")
    List<String> only = new ArrayList<>();

    @Option(names = "--nets", split = ",", description = "Only these nets.")
    List<String> nets = new ArrayList<>();

    @Option(names = "--no-healthy", description = "Without the healthy controls.")
    boolean noHealthy;

    @Option(names = "--verbose", description = "Every run that did not come out as it should.")
    boolean verbose;

    @Option(names = "--home", required = true, hidden = true)
    Path home;

    @Option(names = "--parts", required = true, hidden = true)
    Path parts;

    private final PrintStream out = System.out;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FaultBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Case> cases = Case.faults(home.resolve("faults.txt"));
        requireKnown(
                "--faults",
                only,
                cases.stream().map(one -> one.fault().orElseThrow()).toList());
        List<Case> controls = Case.healthy(home.resolve("healthy.txt"));
        requireKnown(
                "--nets",
                nets,
                Stream.concat(cases.stream(), controls.stream()).map(Case::net).toList());
        List<Trial> faulty = run(cases.stream()
                .filter(one -> only.isEmpty() || only.contains(one.fault().orElseThrow()))
                .toList());
        List<Trial> healthy = noHealthy ? List.of() : run(controls);
        boolean met = faults(faulty);
        return met & healthy(healthy) ? 0 : 1;
    }

    /** Refuses names that would select nothing: a bench without runs would meet every goal. */
    private void requireKnown(String option, List<String> named, List<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        option + " " + name + ": there are "
                                + String.join(", ", known.stream().distinct().toList()));
            }
        }
    }

    private List<Trial> run(List<Case> cases) throws IOException, InterruptedException, ExecutionException {
        Path folder = Files.createTempDirectory("faults");
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Trial>> futures = new ArrayList<>();
            for (Case one : cases) {
                if (!nets.isEmpty() && !nets.contains(one.net())) {
                    continue;
                }
                for (long seed : seeds()) {
                    Path directory = folder.resolve("run-" + futures.size());
                    futures.add(workers.submit(() -> Trial.run(one, seed, home.resolve("nets"), parts, directory)));
                }
            }
            List<Trial> trials = new ArrayList<>();
            for (Future<Trial> future : futures) {
                trials.add(future.get());
            }
            return trials;
        } finally {
            workers.shutdownNow();
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private long[] seeds() {
        if (!seeds.matches("\\d{1,9}(-\\d{1,9})?(,\\d{1,9}(-\\d{1,9})?)*")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--seeds " + seeds + ": expected whole numbers, such as 1-3 or 4,7");
        }
        return Stream.of(seeds.split(","))
                .flatMapToLong(part -> {
                    String[] ends = part.split("-");
                    return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
                })
                .toArray();
    }

    private boolean faults(List<Trial> trials) {
        Map<String, List<Trial>> byFault = new LinkedHashMap<>();
        for (Trial trial : trials) {
            byFault.computeIfAbsent(trial.of().fault().orElseThrow(), fault -> new ArrayList<>())
                    .add(trial);
        }
        line("%-30s%6s%10s%8s   %s", "fault", "runs", "detected", "named", "other headlines");
        byFault.forEach((fault, of) -> {
            Map<String, Integer> others = new TreeMap<>();
            of.stream()
                    .filter(trial -> !trial.namedRight())
                    .forEach(trial -> others.merge(
                            trial.findings().isEmpty()
                                    ? "none"
                                    : trial.findings().get(0).fault(),
                            1,
                            Integer::sum));
            line(
                    "%-30s%6d%10d%8d   %s",
                    fault,
                    of.size(),
                    of.stream().filter(Trial::detected).count(),
                    of.stream().filter(Trial::namedRight).count(),
                    others.isEmpty() ? "" : others);
        });
        double detected = share(trials.stream().filter(Trial::detected).count(), trials);
        double named = share(trials.stream().filter(Trial::namedRight).count(), trials);
        line(
                "%-30s%6d%9.1f%%%7.1f%%   wanted: %.0f %%, %.0f %%",
                "all", trials.size(), 100 * detected, 100 * named, 100 * DETECTED, 100 * NAMED);
        if (verbose) {
            trials.stream().filter(trial -> !trial.namedRight()).forEach(trial -> line("  %s", trial));
        }
        return detected >= DETECTED && named >= NAMED;
    }

    private boolean healthy(List<Trial> trials) {
        if (trials.isEmpty()) {
            return true;
        }
        long failed = trials.stream()
                .filter(trial -> trial.alarmed("fail") || trial.exit() != 0)
                .count();
        long warned = trials.stream().filter(trial -> trial.alarmed("warn")).count();
        Map<String, Integer> alarms = new TreeMap<>();
        trials.forEach(trial -> trial.findings().stream()
                .filter(found -> !found.severity().equals("info"))
                .forEach(found -> alarms.merge(found.severity() + " " + found.fault(), 1, Integer::sum)));
        line("");
        line("%-30s%6s%10s%8s   %s", "healthy", "runs", "fail", "warn", "which");
        line("%-30s%6d%10d%8d   %s", "", trials.size(), failed, warned, alarms.isEmpty() ? "" : alarms);
        line(
                "%-30s%6s%9.1f%%%7.1f%%   wanted: 0 %%, %.0f %% at most",
                "", "", 100 * share(failed, trials), 100 * share(warned, trials), 100 * WARNED);
        if (verbose) {
            trials.stream()
                    .filter(trial -> trial.exit() != 0 || trial.alarmed("fail") || trial.alarmed("warn"))
                    .forEach(trial -> line("  %s", trial));
        }
        return failed == 0 && share(warned, trials) <= WARNED;
    }

    private static double share(long count, List<Trial> of) {
        return of.isEmpty() ? 1 : (double) count / of.size();
    }

    private void line(String form, Object... values) {
        out.println(String.format(Locale.ROOT, form, values));
    }
}
