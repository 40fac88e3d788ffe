#!/bin/sh
# Calls an OpenSAG with the profile that profile.sh makes: lists gateways, makes a network, renames and removes it.
# Usage: OPENSAG_ADDRESS=127.0.0.1:7240 ./calls.sh; over TLS with SSL_CERT_FILE=ca.pem OPENSAG_TLS=1
set -eu
address="${OPENSAG_ADDRESS:-127.0.0.1:7240}"

# Every call needs --force: the metadata of the CLI has no operation of SmartAG. Leave --version out, which it refuses.
sag() {
  action=$1
  shift
  set -- "$action" --profile opensag --force --method POST --endpoint "$address" "$@"
  if [ -z "${OPENSAG_TLS:-}" ]; then set -- "$@" --insecure; fi
  aliyun smartag "$@"
}
# Without a program that reads JSON: the one member of a short answer.
member() { sed -n "s/^.*\"$1\": *\"\([^\"]*\)\".*$/\1/p"; }

sag DescribeSmartAccessGateways --PageSize=10
network=$(sag CreateCloudConnectNetwork --Name=example --IsDefault=false | member CcnId)
echo "made $network"
sag ModifyCloudConnectNetwork --CcnId="$network" --Name=renamed
sag DescribeCloudConnectNetworks --CcnId="$network" | member Name
sag DeleteCloudConnectNetwork --CcnId="$network"
echo "removed $network"
