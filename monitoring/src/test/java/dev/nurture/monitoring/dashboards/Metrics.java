package dev.nurture.monitoring.dashboards;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics that queries and rules may name: what a run offers, and what Prometheus itself adds. */
final class Metrics {
    static final Map<String, Metric> KNOWN = Stream.of(
                    run("nurture_run_info", "seed", "version", "blas"),
                    run("nurture_run_state", "state"),
                    run("nurture_run_progress_ratio"),
                    run("nurture_run_eta_seconds"),
                    run("nurture_run_start_timestamp_seconds"),
                    run("nurture_run_last_step_timestamp_seconds"),
                    run("nurture_train_epoch"),
                    run("nurture_train_parameters"),
                    run("nurture_train_steps_total"),
                    run("nurture_train_samples_total"),
                    run("nurture_nonfinite_total", "where"),
                    run("nurture_gradient_clipped_total"),
                    run("nurture_checkpoints_total"),
                    run("nurture_loss", "split"),
                    run("nurture_accuracy", "split"),
                    run("nurture_regularization_loss", "kind"),
                    run("nurture_learning_rate"),
                    run("nurture_gradient_norm", "scope"),
                    run("nurture_layer_gradient_norm", "layer", "parameter"),
                    run("nurture_layer_weight_norm", "layer", "parameter"),
                    run("nurture_layer_update_ratio", "layer", "parameter"),
                    run("nurture_layer_activation_mean", "layer"),
                    run("nurture_layer_activation_std", "layer"),
                    run("nurture_layer_saturated_ratio", "layer"),
                    run("nurture_layer_dead_ratio", "layer"),
                    run("nurture_step_seconds_bucket", "le"),
                    run("nurture_step_seconds_sum"),
                    run("nurture_step_seconds_count"),
                    run("nurture_phase_seconds_total", "phase"),
                    run("nurture_check_status", "check"),
                    run("nurture_findings_total", "fault", "severity"),
                    run("nurture_plugins_loaded"),
                    run("nurture_plugin_errors_total", "plugin"),
                    run("nurture_blas_calls_total", "operation"),
                    run("nurture_blas_seconds_total", "operation"),
                    run("nurture_blas_flops_total", "operation"),
                    run("nurture_push_samples_total"),
                    run("nurture_push_failures_total"),
                    run("nurture_push_dropped_total"),
                    run("jvm_memory_used_bytes", "area", "id"),
                    run("jvm_memory_max_bytes", "area", "id"),
                    run("jvm_gc_pause_seconds_count", "action", "cause", "gc"),
                    run("jvm_gc_pause_seconds_sum", "action", "cause", "gc"),
                    run("jvm_gc_memory_allocated_bytes_total"),
                    run("jvm_gc_live_data_size_bytes"),
                    run("jvm_gc_overhead"),
                    run("jvm_threads_live_threads"),
                    run("jvm_classes_loaded_classes"),
                    run("process_cpu_usage"),
                    run("system_cpu_usage"),
                    run("process_uptime_seconds"),
                    run("process_files_open_files"),
                    run("system_load_average_1m"),
                    run("ALERTS", "alertname", "alertstate", "severity"),
                    new Metric("up", List.of("job", "instance")))
            .collect(toUnmodifiableMap(Metric::name, Function.identity()));

    private Metrics() {}

    /**
     * A metric.
     *
     * @param labels all that may be asked about
     */
    record Metric(String name, List<String> labels) {}

    private static Metric run(String name, String... labels) {
        return new Metric(
                name,
                Stream.concat(Stream.of("experiment", "run"), Stream.of(labels)).toList());
    }
}
