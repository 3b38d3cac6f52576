package dev.nurture.monitoring.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nurture.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The committed dashboards as literals of Grafana's own types, compiled once together with others that have a slip each;
 * compiling must succeed for the first and fail for each of the others.
 */
class GrafanaSchemaTest {
    private static final Path SOURCES = Sources.MODULE.resolve("src/test/typescript");
    private static final Path PROJECT = Sources.MODULE.resolve("target/typescript");
    private static final Pattern ERROR = Pattern.compile("(?m)^(\\S+)\\.ts\\(\\d+,\\d+\\): error TS\\d+: .*$");

    /** What npm says when the registry cannot be reached. */
    private static final Pattern OFFLINE =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED");

    /** What stands in run.json, and what a slip makes of it where it stands first. */
    private static final Map<String, List<String>> SLIPS = new LinkedHashMap<>();

    static {
        slip("dashboard_member", "\"graphTooltip\"", "\"graphTooltips\"");
        slip("dashboard_cursor", "\"graphTooltip\": 1", "\"graphTooltip\": 7");
        slip("schema_version", "\"schemaVersion\": 42", "\"schemaVersion\": \"42\"");
        slip("datasource", "\"uid\": \"${datasource}\"", "\"uid\": \"${datasources}\"");
        slip("link_type", "\"type\": \"dashboards\"", "\"type\": \"dashboard\"");
        slip("variable_member", "\"includeAll\"", "\"includesAll\"");
        slip("variable_refresh", "\"refresh\": 2", "\"refresh\": 3");
        slip("annotation_member", "\"iconColor\"", "\"iconColour\"");
        slip("panel_kind", "\"type\": \"timeseries\"", "\"type\": \"timeserie\"");
        slip("panel_member", "\"fieldConfig\"", "\"fieldConfg\"");
        slip("place_member", "\"h\": 5", "\"height\": 5");
        slip("unit", "\"unit\": \"percentunit\"", "\"unit\": \"percentunits\"");
        slip("color_mode", "\"mode\": \"palette-classic\"", "\"mode\": \"palette-clasic\"");
        slip("draw_style", "\"drawStyle\": \"line\"", "\"drawStyle\": \"lines\"");
        slip("custom_member", "\"lineWidth\": 1", "\"lineWidht\": 1");
        slip("scale", "\"type\": \"log\"", "\"type\": \"logarithmic\"");
        slip("legend_placement", "\"placement\": \"bottom\"", "\"placement\": \"below\"");
        slip("option_member", "\"textMode\"", "\"textmode\"");
        slip("option_value", "\"displayMode\": \"basic\"", "\"displayMode\": \"plain\"");
        slip("threshold_mode", "\"mode\": \"absolute\"", "\"mode\": \"absolut\"");
        slip("mapping_type", "\"type\": \"value\"", "\"type\": \"values\"");
        slip("query_member", "\"legendFormat\": \"{{run}} train\"", "\"legend\": \"{{run}} train\"");
        slip("query_format", "\"format\": \"table\"", "\"format\": \"tables\"");
        slip("override", "\"id\": \"custom.lineWidth\"", "\"id\": \"custom.linewidth\"");
        slip("transformation", "\"id\": \"organize\"", "\"id\": \"organise\"");
    }

    private static Map<String, String> errors;
    private static Program.Outcome compiled;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Program npm = Program.needed("npm");
        Program node = Program.needed("node");
        Files.createDirectories(PROJECT);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "dashboard.ts")) {
            Files.write(PROJECT.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        Program.Outcome installed =
                npm.run(PROJECT, "ci", "--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000");
        if (installed.exit() != 0) {
            Needs.that(!OFFLINE.matcher(installed.output()).find(), "npm cannot fetch packages: " + installed.output());
            fail(installed.output());
        }
        empty("dashboards");
        empty("slips");
        for (Dashboard dashboard : Dashboards.ALL) {
            write("dashboards/" + name(dashboard.file()), committed(dashboard.file()));
        }
        for (Map.Entry<String, List<String>> slip : SLIPS.entrySet()) {
            String right = committed("run.json");
            String was = slip.getValue().get(0);
            assertThat(right).contains(was);
            write(
                    "slips/" + slip.getKey(),
                    right.replaceFirst(
                            Pattern.quote(was),
                            Matcher.quoteReplacement(slip.getValue().get(1))));
        }
        compiled = node.run(
                PROJECT, "node_modules/typescript/bin/tsc", "-p", ".", "--noEmit", "--strict", "--pretty", "false");
        errors = new LinkedHashMap<>();
        Matcher matcher = ERROR.matcher(compiled.output());
        while (matcher.find()) {
            errors.putIfAbsent(matcher.group(1), matcher.group());
        }
    }

    @Test
    void theDashboardsHaveGrafanasTypes() {
        assertThat(errors.keySet()).as(compiled.output()).allMatch(file -> file.startsWith("slips/"));
    }

    @Test
    void aSlipDoesNotCompile() {
        Set<String> slips = new TreeSet<>();
        SLIPS.keySet().forEach(slip -> slips.add("slips/" + slip));
        assertThat(errors.keySet()).as(compiled.output()).containsAll(slips);
        assertThat(compiled.exit()).isNotZero();
    }

    @Test
    void theLockNamesNoRegistry() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("package-lock.json")))
                .contains("\"@grafana/schema\": \"13.2.3\"")
                .doesNotContain("\"resolved\"", "http");
    }

    private static void slip(String name, String right, String wrong) {
        SLIPS.put(name, List.of(right, wrong));
    }

    private static String committed(String file) throws IOException {
        return Files.readString(DashboardQueries.folder().resolve(file));
    }

    private static String name(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    private static void write(String name, String json) throws IOException {
        Files.writeString(
                PROJECT.resolve(name + ".ts"),
                "import type { Dashboard } from '../dashboard';\n\nexport const dashboard: Dashboard = " + json.strip()
                        + ";\n");
    }

    private static void empty(String folder) throws IOException {
        Path path = Files.createDirectories(PROJECT.resolve(folder));
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
