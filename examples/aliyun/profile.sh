#!/bin/sh
# Makes a profile "opensag" of the aliyun CLI from the credentials.json of a data folder. Usage: ./profile.sh [data folder]
set -eu
file="${1:-.opensag}/credentials.json"
member() { sed -n "s/^ *\"$1\": *\"\(.*\)\",\{0,1\}$/\1/p" "$file"; }
aliyun configure set --profile opensag --mode AK \
  --access-key-id "$(member accessKeyId)" --access-key-secret "$(member accessKeySecret)" --region "$(member regionId)"
