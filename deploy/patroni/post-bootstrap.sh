#!/bin/sh
# Patroni runs this once, when the cluster is made, with a connection string as its argument. It makes OpenSAG's role and database.
# The password comes from a file of the user postgres (0600): command lines can be read by everyone on the machine.
set -eu
psql "$1" --quiet --no-psqlrc --set=ON_ERROR_STOP=1 <<'SQL'
\set password `cat "$OPENSAG_DATABASE_PASSWORD_FILE"`
create role opensag login password :'password';
create database opensag owner opensag;
SQL
