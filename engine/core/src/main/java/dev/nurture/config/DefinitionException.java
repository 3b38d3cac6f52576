package dev.nurture.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A definition that cannot be used; carries everything that is wrong with it. Its message is the {@link #report()}. */
public final class DefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    DefinitionException(List<Problem> problems, int omitted) {
        super(report(problems.stream().sorted(Problem.ORDER).toList(), omitted));
        this.problems = problems.stream().sorted(Problem.ORDER).toList();
    }

    /** Reports one problem, found when the definition was put to use. */
    public DefinitionException(Problem problem) {
        this(problem, null);
    }

    DefinitionException(Problem problem, Throwable cause) {
        super(report(List.of(problem), 0), cause);
        this.problems = List.of(problem);
    }

    /** Returns the problems: file by file, the command line last, each by line. */
    public List<Problem> problems() {
        return problems;
    }

    /** Returns a block a source: a line that names it with the number of its problems, then a line for each. */
    public String report() {
        return getMessage();
    }

    private static String report(List<Problem> sorted, int omitted) {
        Map<String, List<Problem>> bySource = sorted.stream()
                .collect(Collectors.groupingBy(Problem::source, LinkedHashMap::new, Collectors.toList()));
        StringBuilder report = new StringBuilder();
        bySource.forEach((source, problems) -> {
            report.append(report.isEmpty() ? "" : "\n")
                    .append(source)
                    .append(": ")
                    .append(problems.size());
            report.append(problems.size() == 1 ? " problem" : " problems");
            problems.forEach(problem -> report.append("\n  ").append(problem));
        });
        if (omitted > 0) {
            report.append("\nand ").append(omitted).append(" more");
        }
        return report.toString();
    }
}
