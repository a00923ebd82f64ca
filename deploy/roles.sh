#!/bin/sh
# Run once by the image of PostgreSQL on an empty volume: the role that owns the portal's tables, and the one that works.
# What the second may do to each table, the portal grants after every migration (portal/tables.py).
set -eu
psql --set ON_ERROR_STOP=1 --set owner="$DATABASE_OWNER_PASSWORD" --set app="$DATABASE_APP_PASSWORD" <<'SQL'
CREATE ROLE portal LOGIN PASSWORD :'owner';
CREATE ROLE portal_app LOGIN PASSWORD :'app';
CREATE DATABASE portal OWNER portal;
SQL
