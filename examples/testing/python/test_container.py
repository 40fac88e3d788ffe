"""Run with: python -m unittest test_container"""

import unittest

from alibabacloud_smartag20180313.models import ModifySAGAdminPasswordRequest
from client import client_of
from opensag_container import OpenSagContainer


class RotationTest(unittest.TestCase):
    def test_a_changed_password_is_answered_when_the_gateway_has_it(self):
        with OpenSagContainer() as container:
            sag = container.sag
            gateway = next(one for one in sag["gateways"] if one["name"] == "demo-sag-100wm")
            [serial] = gateway["serials"]
            answer = client_of(sag).modify_sagadmin_password(
                ModifySAGAdminPasswordRequest(
                    region_id=sag["regionId"],
                    smart_agid=gateway["instanceId"],
                    smart_agsn=serial,
                    password="New_password1",
                )
            )
            self.assertEqual(answer.status_code, 200)


if __name__ == "__main__":
    unittest.main()
