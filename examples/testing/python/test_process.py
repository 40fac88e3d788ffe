"""Run with: python -m unittest test_process"""

import unittest

from alibabacloud_smartag20180313.models import DescribeSmartAccessGatewaysRequest, ModifySAGAdminPasswordRequest
from alibabacloud_tea_openapi.exceptions import ClientException
from client import client_of
from opensag_process import opensag_process


class RotationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sag = cls.enterClassContext(opensag_process())
        cls.client = client_of(cls.sag)
        cls.gateway = next(one for one in cls.sag["gateways"] if one["name"] == "demo-sag-100wm")

    def change(self, serial, password):
        return self.client.modify_sagadmin_password(
            ModifySAGAdminPasswordRequest(
                region_id=self.sag["regionId"],
                smart_agid=self.gateway["instanceId"],
                smart_agsn=serial,
                password=password,
            )
        )

    def test_every_gateway_is_listed(self):
        request = DescribeSmartAccessGatewaysRequest(region_id=self.sag["regionId"], page_size=50)
        page = self.client.describe_smart_access_gateways(request).body.smart_access_gateways
        listed = {one.smart_agid for one in page.smart_access_gateway}
        self.assertGreaterEqual(listed, {one["instanceId"] for one in self.sag["gateways"]})

    def test_a_changed_password_is_answered_when_the_gateway_has_it(self):
        [serial] = self.gateway["serials"]
        self.assertEqual(self.change(serial, "New_password1").status_code, 200)

    def test_a_gateway_that_is_not_there_is_refused(self):
        with self.assertRaises(ClientException) as refused:
            self.change("sagnone00000", "New_password1")
        self.assertEqual(refused.exception.code, "InstanceNotExit")


if __name__ == "__main__":
    unittest.main()
