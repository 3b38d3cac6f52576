package dev.nurture.plugins.checks.network;

import dev.nurture.spi.Factory;
import java.util.List;

/** The checks of the network at its first weights. */
public final class NetworkChecks {
    public static final List<Factory<?>> FACTORIES = List.of(
            InitialLossCheck.FACTORY,
            LossCheck.FACTORY,
            FirstWeightsCheck.FACTORY,
            ActivationsCheck.FACTORY,
            GradientFlowCheck.FACTORY,
            NonlinearityCheck.FACTORY,
            EvaluationCheck.FACTORY,
            NormalizationCheck.FACTORY,
            RegularizationCheck.FACTORY,
            OptimizerCheck.FACTORY,
            InputUseCheck.FACTORY);

    private NetworkChecks() {}
}
