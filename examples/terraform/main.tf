# A network, and a user of remote access, at an OpenSAG. See README.md.
terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

# The key pair is read from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.
provider "alicloud" {
  region   = "cn-shanghai"
  protocol = var.protocol

  # Or a billing host of the cloud is asked which site the account belongs to.
  account_type           = "Domestic"
  skip_region_validation = true

  endpoints {
    smartag = var.address
    sts     = var.address
  }
}

resource "alicloud_cloud_connect_network" "branches" {
  name        = "example-branches"
  description = "example-network"
  is_default  = false
}

resource "alicloud_sag_client_user" "alice" {
  sag_id    = var.remote_access_id
  bandwidth = 20
  user_mail = "alice@example.com"
  user_name = "alice.example"
  password  = var.password
}

output "network" {
  value = alicloud_cloud_connect_network.branches.id
}
