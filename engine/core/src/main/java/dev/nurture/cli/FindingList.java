package dev.nurture.cli;

import dev.nurture.spi.Finding;
import java.util.List;

/** Prints findings as a person reads them: the root cause with what to do about it, then what goes with it, a line each. */
final class FindingList {
    private final Console console;

    FindingList(Console console) {
        this.console = console;
    }

    /** Prints them as the result. */
    void asResult(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        Finding headline = findings.get(0);
        console.result(headline.severity().label(), headline.fault() + subject(headline));
        console.result("", headline.message());
        if (headline.advice() != null) {
            console.result("to mend it", headline.advice());
        }
        if (headline.source() != null) {
            console.result("see", headline.source());
        }
        String label = "with it";
        for (Finding other : findings.subList(1, findings.size())) {
            console.result(label, also(other));
            label = "";
        }
    }

    /** Prints them as messages, for a command whose result is another one. */
    void asMessages(List<Finding> findings) {
        for (int i = 0; i < findings.size(); i++) {
            if (i == 0) {
                asMessage(findings.get(0));
            } else {
                console.message("  with it: " + also(findings.get(i)));
            }
        }
    }

    /** Prints one as a message. */
    void asMessage(Finding finding) {
        String advice = finding.advice() == null ? "" : "; " + finding.advice();
        String sentence = finding.fault() + ": " + finding.message() + advice;
        switch (finding.severity()) {
            case FAIL -> console.error(sentence);
            case WARN -> console.warning(sentence);
            case INFO -> console.notice(sentence);
        }
    }

    private static String also(Finding finding) {
        return finding.severity().label() + " " + finding.fault() + subject(finding) + ": " + finding.message();
    }

    private static String subject(Finding finding) {
        return finding.subject() == null ? "" : " (" + finding.subject() + ")";
    }
}
