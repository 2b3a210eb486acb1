-- As `gift_draft`: whose sign-in is reset when somebody says yes to it.

create table reset_draft (
    approval  uuid  primary key references approval,
    person    uuid  not null references person
);

-- Officers who were let in anew on the machine itself (`custodes recover`): everybody is told for a while.
create table recovered (
    entry   bigint       primary key check (entry >= 0),
    person  uuid         not null references person,
    at      timestamptz  not null
);
