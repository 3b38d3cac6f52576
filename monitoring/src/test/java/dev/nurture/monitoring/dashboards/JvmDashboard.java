package dev.nurture.monitoring.dashboards;

/** Whether a run's process has what it needs of its machine. */
final class JvmDashboard {
    private JvmDashboard() {}

    static Dashboard dashboard() {
        return new Dashboard("JVM", "Whether a run's process has what it needs of its machine.")
                .row(5, heapNow(), overheadNow(), uptime(), plugins(), classes())
                .row(9, heap(), nonHeap())
                .row(9, allocation(), pauses(), cpu())
                .row(8, threads(), files(), load());
    }

    private static Panel heapNow() {
        return Panel.number("Heap in use", "Near to full the run slows down and then ends; give it a larger -Xmx.")
                .query(
                        "sum by (experiment, run) (jvm_memory_used_bytes{*,area='heap'})"
                                + " / sum by (experiment, run) (jvm_memory_max_bytes{*,area='heap'} > 0)",
                        "{{run}}")
                .unit("percentunit")
                .thresholds("green", 0.8, "orange", 0.9, "red");
    }

    private static Panel overheadNow() {
        return Panel.number("Time in garbage collection", "Above a tenth the heap is too small.")
                .query("max by (experiment, run) (jvm_gc_overhead{*})", "{{run}}")
                .unit("percentunit")
                .thresholds("green", 0.05, "orange", 0.1, "red");
    }

    private static Panel uptime() {
        return Panel.number("Up", "How long the process has been running.")
                .query("max by (experiment, run) (process_uptime_seconds{*})", "{{run}}")
                .unit("dthms")
                .thresholds("text");
    }

    private static Panel plugins() {
        return Panel.number("Plugins", "How many were loaded.")
                .query("max by (experiment, run) (nurture_plugins_loaded{*})", "{{run}}")
                .unit("none")
                .thresholds("text");
    }

    private static Panel classes() {
        return Panel.number("Classes", "How many are loaded; a number that keeps growing is a leak.")
                .query("max by (experiment, run) (jvm_classes_loaded_classes{*})", "{{run}}")
                .unit("short")
                .thresholds("text");
    }

    private static Panel heap() {
        return Panel.lines(
                        "Heap",
                        "A saw-tooth whose troughs stay level is well; troughs that rise towards the limit are a leak.")
                .query("sum by (experiment, run) (jvm_memory_used_bytes{*,area='heap'})", "{{run}} used")
                .query("max by (experiment, run) (jvm_gc_live_data_size_bytes{*})", "{{run}} live after a collection")
                .query("sum by (experiment, run) (jvm_memory_max_bytes{*,area='heap'} > 0)", "{{run}} limit")
                .unit("bytes")
                .from(0);
    }

    private static Panel nonHeap() {
        return Panel.lines("Beside the heap", "Compiled code and classes; they should level off after some minutes.")
                .query("max by (experiment, run, id) (jvm_memory_used_bytes{*,area='nonheap'})", "{{run}} {{id}}")
                .unit("bytes")
                .from(0)
                .stacked();
    }

    private static Panel allocation() {
        return Panel.lines(
                        "Allocation",
                        "A training step allocates next to nothing; much of it points to a plugin that makes new arrays.")
                .query(
                        "sum by (experiment, run) (rate(jvm_gc_memory_allocated_bytes_total{*}[$__rate_interval]))",
                        "{{run}}")
                .unit("Bps")
                .from(0);
    }

    private static Panel pauses() {
        return Panel.lines("Pauses for garbage collection", "The share of the time in which everything stands still.")
                .query(Query.orZero(
                        "sum by (experiment, run) (rate(jvm_gc_pause_seconds_sum{*}[$__rate_interval]))", "{{run}}"))
                .unit("percentunit")
                .from(0);
    }

    private static Panel cpu() {
        return Panel.lines(
                        "CPU",
                        "The share of all cores; the whole machine far above the process means that others use it too.")
                .query("max by (experiment, run) (process_cpu_usage{*})", "{{run}} process")
                .query("max by (experiment, run) (system_cpu_usage{*})", "{{run}} whole machine")
                .unit("percentunit")
                .from(0)
                .to(1);
    }

    private static Panel threads() {
        return Panel.lines("Threads", "Level once training has begun.")
                .query("max by (experiment, run) (jvm_threads_live_threads{*})", "{{run}}")
                .unit("none")
                .from(0);
    }

    private static Panel files() {
        return Panel.lines("Open files", "Level; a steady climb is a leak.")
                .query("max by (experiment, run) (process_files_open_files{*})", "{{run}}")
                .unit("none")
                .from(0);
    }

    private static Panel load() {
        return Panel.lines("Load of the machine", "Above its number of cores, runs wait for each other.")
                .query("max by (experiment, run) (system_load_average_1m{*})", "{{run}}")
                .unit("none")
                .from(0);
    }
}
