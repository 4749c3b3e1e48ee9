package dev.waggle.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may know whom. Think hard before you change this file: a rule that gets in the way usually shows that something
 * stands in the wrong place.
 */
@AnalyzeClasses(locations = ArchitectureTest.MainTrees.class)
class ArchitectureTest {

    /** What the modules before this one compiled to, and this one; not the libraries beside them. */
    static final class MainTrees implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> test) {
            return Stream.of("chat-topics-spec", "offline-store", "auth-plugin", "push-bridge", "broker-extensions")
                    .map(module ->
                            Location.of(ProjectRoot.find().resolve(module).resolve("target/classes")))
                    .collect(Collectors.toSet());
        }
    }

    @ArchTest
    static final ArchRule modules_dependOnly_asDrawn = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.waggle..")
            .layer("spec")
            .definedBy("dev.waggle.spec..")
            .layer("store")
            .definedBy("dev.waggle.store..")
            .layer("auth")
            .definedBy("dev.waggle.auth..")
            .layer("push")
            .definedBy("dev.waggle.push..")
            .layer("broker")
            .definedBy("dev.waggle.broker..")
            .optionalLayer("bench")
            .definedBy("dev.waggle.bench..")
            .whereLayer("spec")
            .mayOnlyBeAccessedByLayers("store", "auth", "push", "broker", "bench")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("broker", "bench")
            .whereLayer("auth")
            .mayOnlyBeAccessedByLayers("broker", "bench")
            .whereLayer("push")
            .mayOnlyBeAccessedByLayers("broker", "bench")
            .whereLayer("broker")
            .mayOnlyBeAccessedByLayers("bench")
            .withOptionalLayers(true);

    @ArchTest
    static final ArchRule packages_ofTheProgram_haveNoCycles =
            slices().matching("dev.waggle.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule rocksdb_isKnown_onlyToStoreRocks = onlyIn("org.rocksdb..", "dev.waggle.store.rocks..");

    @ArchTest
    static final ArchRule hostInternals_areKnown_onlyToTheGatewayAndTheHost = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.waggle.broker.gateway.direct..", "dev.waggle.broker.host..", "dev.waggle.auth.hivemq..")
            .should()
            .dependOnClassesThat(describe(
                    "belong to the host or its SDK",
                    type -> type.getPackageName().startsWith("com.hivemq.")
                            && !type.getPackageName().startsWith("com.hivemq.client.")))
            .as("the host and its SDK are known only to gateway.direct, broker.host and auth.hivemq");

    @ArchTest
    static final ArchRule mqttClient_isKnown_onlyToTheCommandLine =
            onlyIn("com.hivemq.client..", "dev.waggle.broker.cli..");

    @ArchTest
    static final ArchRule paho_isKnown_onlyToTheConformanceSuite =
            onlyIn("org.eclipse.paho..", "dev.waggle.broker.conformance..", "dev.waggle.bench..");

    @ArchTest
    static final ArchRule conformance_leansOnNothing_thatItTries = noClasses()
            .that()
            .resideInAPackage("dev.waggle.broker.conformance..")
            .should()
            .dependOnClassesThat(describe(
                    "belong to the program it tries",
                    type -> type.getPackageName().startsWith("dev.waggle.")
                            && !type.getPackageName().startsWith("dev.waggle.broker.conformance")
                            && !type.getName().startsWith("dev.waggle.spec.Parsed")));

    @ArchTest
    static final ArchRule nimbus_isKnown_onlyToWhoReadsOrSignsTokens =
            onlyIn("com.nimbusds..", "dev.waggle.auth.jwt..", "dev.waggle.push..");

    @ArchTest
    static final ArchRule password4j_isKnown_onlyToAuthPassword =
            onlyIn("com.password4j..", "dev.waggle.auth.password..");

    @ArchTest
    static final ArchRule jackson_isKnown_onlyToTheEdges = onlyIn(
            "com.fasterxml.jackson..",
            "dev.waggle.spec.codec..",
            "dev.waggle.broker.config..",
            "dev.waggle.broker.call..", // JSON of methods, the same over MQTT and HTTP
            "dev.waggle.broker.http..",
            "dev.waggle.broker.cli..", // prints and reads that JSON
            "dev.waggle.broker.conformance..", // reads it as any client does
            "dev.waggle.auth.jwt..",
            "dev.waggle.push.."); // what providers are sent, and what they answer

    @ArchTest
    static final ArchRule prometheus_isKnown_onlyToMetrics = onlyIn("io.prometheus..", "dev.waggle.broker.metrics..");

    @ArchTest
    static final ArchRule dagger_isKnown_onlyToTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("dev.waggle.broker.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dagger..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule picocli_isKnown_onlyToTheCommandLine = onlyIn("picocli..", "dev.waggle.broker.cli..");

    @ArchTest
    static final ArchRule clocks_areMade_onlyInTheWiring = noClasses()
            .that()
            .resideOutsideOfPackages("dev.waggle.broker.wiring..", "dev.waggle.bench..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethodWhere(describe(
                    "makes a system clock",
                    call -> call.getTargetOwner().isEquivalentTo(Clock.class)
                            && call.getTarget().getName().startsWith("system")));

    @ArchTest
    static final ArchRule futures_areNotWaitedFor = noClasses()
            .that()
            .resideOutsideOfPackages("dev.waggle.bench..")
            .should()
            .callMethodWhere(describe("waits for a future", ArchitectureTest::waits));

    @ArchTest
    static final ArchRule staticFields_areFinal =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule names_sayWhatAThingIs = noClasses()
            .that(describe("are ours", type -> !type.getName().matches(".*\\.Dagger.*")))
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils|Service|Data)")
            .because("such names say nothing; name the thing after what it does in the product");

    @ArchTest
    static final ArchRule answers_areRecordsOrEnums = classes()
            .that(describe(
                    "implement a sealed root of the spec",
                    type -> !type.isInterface()
                            && type.getRawInterfaces().stream()
                                    .anyMatch(root -> root.getPackageName().startsWith("dev.waggle.spec")
                                            && root.reflect().isSealed())))
            .should()
            .beRecords()
            .orShould()
            .beEnums()
            .allowEmptyShould(true);

    private static boolean waits(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getTarget().getName();
        return name.equals("join") && owner.isAssignableTo(CompletableFuture.class)
                || name.equals("get") && owner.isAssignableTo(Future.class);
    }

    private static ArchRule onlyIn(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }
}
