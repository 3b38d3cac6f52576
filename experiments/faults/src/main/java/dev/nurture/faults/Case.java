package dev.nurture.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A definition of the bench with some changes.
 *
 * @param fault that they bring in; empty for a healthy one
 * @param net the name of the definition in {@code nets/}
 * @param changes as on the command line
 * @param synonyms other headlines that name the fault as well
 */
record Case(Optional<String> fault, String net, List<String> changes, List<String> synonyms) {
    /** Reads {@code faults.txt}, a row a fault and some nets. */
    static List<Case> faults(Path table) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String[] cells : rows(table)) {
            for (String net : cells[1].split(" +")) {
                List<String> synonyms =
                        cells.length > 3 && !cells[3].isEmpty() ? List.of(cells[3].split(" +")) : List.of();
                cases.add(new Case(Optional.of(cells[0]), net, Changes.of(cells[2]), synonyms));
            }
        }
        return cases;
    }

    /** Reads {@code healthy.txt}, a row some nets and what is changed of them. */
    static List<Case> healthy(Path table) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String[] cells : rows(table)) {
            for (String net : cells[0].split(" +")) {
                cases.add(new Case(Optional.empty(), net, Changes.of(cells.length > 1 ? cells[1] : ""), List.of()));
            }
        }
        return cases;
    }

    private static List<String[]> rows(Path table) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split("\\|");
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = cells[i].strip();
                }
                rows.add(cells);
            }
        }
        return rows;
    }
}
