package dev.nurture.monitoring.dashboards;

import java.util.List;

/** All dashboards, in the order in which a run is looked at. */
final class Dashboards {
    static final List<Dashboard> ALL = List.of(
            RunDashboard.dashboard(),
            HealthDashboard.dashboard(),
            LayersDashboard.dashboard(),
            ThroughputDashboard.dashboard(),
            JvmDashboard.dashboard());

    private Dashboards() {}
}
