package org.custodes.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.junit.jupiter.api.Test;

/// What module descriptors cannot say about the house (`docs/design/house.md`).
class HouseTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.custodes");

    @Test
    void rooms_import_down_the_house_and_never_in_a_circle() {
        slices().matching("org.custodes.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void the_lowest_rooms_know_nothing_of_ours() {
        for (var room : new String[] {"media", "signals", "vault", "database", "mishap"}) {
            noClasses()
                    .that()
                    .resideInAPackage("org.custodes." + room)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.custodes..")
                                    .and(not(resideInAPackage("org.custodes." + room))))
                    .check(HOUSE);
        }
    }

    @Test
    void no_room_but_the_chaos_command_knows_the_simulated_machine() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.custodes.mishap", "org.custodes.chaos", "org.custodes.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.custodes.mishap", "org.custodes.chaos")
                .check(HOUSE);
    }

    @Test
    void the_server_reaches_no_footage_key_or_camera_by_itself() {
        noClasses()
                .that()
                .resideInAPackage("org.custodes.server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.custodes.store", "org.custodes.vault", "org.custodes.rtsp")
                .check(HOUSE);
    }

    @Test
    void viewing_is_handed_sealed_records_and_never_the_vault() {
        noClasses()
                .that()
                .resideInAPackage("org.custodes.viewing")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.custodes.vault")
                                .and(
                                        not(
                                                belongToAnyOf(
                                                        Sealed.class,
                                                        RecordHeader.class,
                                                        CannotOpenException.class))))
                .check(HOUSE);
    }

    @Test
    void only_the_server_knows_the_web() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.custodes.server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "jakarta.servlet..", "jakarta.websocket..")
                .check(HOUSE);
    }

    @Test
    void sql_lives_in_the_tables_of_the_room_that_owns_them() {
        noClasses()
                .that()
                .resideInAnyPackage("org.custodes.register", "org.custodes.access")
                .and()
                .haveSimpleNameNotEndingWith("Table")
                .should()
                .callMethodWhere(target(nameMatching("createQuery|createUpdate|prepareBatch")))
                .check(HOUSE);
        classes()
                .that()
                .haveSimpleNameEndingWith("Table")
                .and()
                .resideInAnyPackage("org.custodes.register", "org.custodes.access")
                .should()
                .bePackagePrivate()
                .orShould()
                .haveSimpleName("RightsTable")
                .check(HOUSE);
    }

    @Test
    void nobody_deserialises_java_objects_or_starts_a_shell() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(HOUSE);
        noClasses().should().callMethod(Runtime.class, "exec", String.class).check(HOUSE);
    }

    @Test
    void frames_leave_only_as_veiled_frames() {
        noClasses()
                .that()
                .resideInAPackage("org.custodes.server")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.custodes.media.Frame")
                .check(HOUSE);
    }
}
