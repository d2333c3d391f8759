#!/bin/sh
# Make the secrets that docker-compose.yml hands to its services as files. Existing ones stay.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
[ -s secrets/database_password ] || random > secrets/database_password
[ -s secrets/secret_key ] || random > secrets/secret_key
[ -s secrets/database_url ] || printf 'postgresql://opportune:%s@db:5432/opportune' "$(cat secrets/database_password)" > secrets/database_url
for optional in smtp_url simpler_grants_api_key read_database_url; do  # empty counts as unset
  [ -e "secrets/$optional" ] || : > "secrets/$optional"
done
chmod 0644 secrets/*  # read inside the containers by another user; the folder itself stays closed
echo "secrets are in ./secrets: keep them out of backups you share"
