"""The official typed client of Alibaba Cloud, given the address of an OpenSAG."""

from urllib.parse import urlsplit

from alibabacloud_smartag20180313.client import Client
from alibabacloud_tea_openapi.models import Config


def client_of(sag):
    url = urlsplit(sag["endpoint"])
    return Client(
        Config(
            access_key_id=sag["accessKeyId"],
            access_key_secret=sag["accessKeySecret"],
            region_id=sag["regionId"],
            endpoint=url.netloc,
            protocol=url.scheme,
        )
    )
