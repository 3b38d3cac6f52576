package dev.nurture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("testkit"))
            .importPackages("dev.nurture");

    @Test
    void packagesDependOneWay() {
        // A rule over no classes would hold too.
        assertThat(CLASSES.size()).isGreaterThan(100);
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.nurture..")
                .layer("cli")
                .definedBy("dev.nurture.cli..")
                .layer("lecture")
                .definedBy("dev.nurture.lecture..")
                .layer("check")
                .definedBy("dev.nurture.check..")
                .layer("verify")
                .definedBy("dev.nurture.verify..")
                .layer("lecture")
                .definedBy("dev.nurture.lecture..")
                .layer("measure")
                .definedBy("dev.nurture.measure..")
                .layer("reproduce")
                .definedBy("dev.nurture.reproduce..")
                .layer("train")
                .definedBy("dev.nurture.train..")
                .layer("report")
                .definedBy("dev.nurture.report..")
                .layer("observe")
                .definedBy("dev.nurture.observe..")
                .layer("model")
                .definedBy("dev.nurture.model..")
                .layer("run")
                .definedBy("dev.nurture.run..")
                .layer("config")
                .definedBy("dev.nurture.config..")
                .layer("compute")
                .definedBy("dev.nurture.compute..")
                .layer("data")
                .definedBy("dev.nurture.data..")
                .layer("plugin")
                .definedBy("dev.nurture.plugin..")
                .layer("contracts")
                .definedBy("dev.nurture.contracts..")
                .layer("spi")
                .definedBy("dev.nurture.spi..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("lecture")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("check")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("verify")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("lecture")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("measure")
                .mayOnlyBeAccessedByLayers("cli", "lecture")
                .whereLayer("reproduce")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("train")
                .mayOnlyBeAccessedByLayers("cli", "reproduce", "check")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("cli", "lecture", "measure")
                .whereLayer("observe")
                .mayOnlyBeAccessedByLayers("cli", "reproduce", "train")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("cli", "reproduce", "check", "train", "observe")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers(
                        "cli", "lecture", "measure", "reproduce", "check", "train", "observe", "report")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers(
                        "cli", "lecture", "measure", "reproduce", "check", "train", "observe", "model", "run")
                .whereLayer("compute")
                .mayOnlyBeAccessedByLayers("cli", "check", "train", "model", "run")
                .whereLayer("data")
                .mayOnlyBeAccessedByLayers("cli", "train")
                .whereLayer("plugin")
                .mayOnlyBeAccessedByLayers(
                        "cli", "lecture", "check", "verify", "train", "observe", "model", "run", "config", "compute",
                        "data")
                .whereLayer("contracts")
                .mayOnlyBeAccessedByLayers("cli", "lecture", "check", "verify")
                .whereLayer("spi")
                .mayOnlyBeAccessedByLayers(
                        "cli",
                        "lecture",
                        "check",
                        "verify",
                        "reproduce",
                        "train",
                        "observe",
                        "report",
                        "model",
                        "run",
                        "config",
                        "compute",
                        "data",
                        "plugin",
                        "contracts")
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        SlicesRuleDefinition.slices()
                .matching("dev.nurture.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theContractsNeedTheSpiAlone() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.nurture.contracts..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.nurture.contracts..", "dev.nurture.spi..", "java..", "com.sun.management..")
                .check(CLASSES);
    }

    @Test
    void theSpiNeedsTheJdkAlone() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.nurture.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.nurture.spi..", "java..")
                .check(CLASSES);
    }

    @Test
    void guiceStopsAtTheRunsBoundary() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("dev.nurture.model..", "dev.nurture.spi..", "dev.nurture.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(CLASSES);
    }
}
