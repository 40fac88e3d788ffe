package container

import (
	"net/url"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
)

func TestAChangedPasswordIsAnsweredWhenTheGatewayHasIt(t *testing.T) {
	sag := Start(t)
	gateway := named(t, sag, "demo-sag-100wm")
	if code := change(t, sag, gateway.InstanceID, gateway.Serials[0]); code != "" {
		t.Fatalf("refused with %s", code)
	}
	if code := change(t, sag, gateway.InstanceID, "sagnone00000"); code != "InstanceNotExit" {
		t.Fatalf("a gateway that is not there: %q", code)
	}
}

func named(t *testing.T, sag Sag, name string) Gateway {
	t.Helper()
	for _, gateway := range sag.Gateways {
		if gateway.Name == name {
			return gateway
		}
	}
	t.Fatalf("there is no gateway %s", name)
	return Gateway{}
}

// change answers the code of the refusal, or nothing.
func change(t *testing.T, sag Sag, instance, serial string) string {
	t.Helper()
	client, err := sdk.NewClientWithAccessKey(sag.RegionID, sag.AccessKeyID, sag.AccessKeySecret)
	must(t, err)
	address, err := url.Parse(sag.Endpoint)
	must(t, err)
	request := requests.NewCommonRequest()
	request.Method = requests.POST
	request.Scheme = address.Scheme
	request.Domain = address.Host
	request.Version = "2018-03-13"
	request.ApiName = "ModifySAGAdminPassword"
	request.FormParams["RegionId"] = sag.RegionID
	request.FormParams["SmartAGId"] = instance
	request.FormParams["SmartAGSn"] = serial
	request.FormParams["Password"] = "New_password1"
	_, err = client.ProcessCommonRequest(request)
	if refused, is := err.(errors.Error); is {
		return refused.ErrorCode()
	}
	must(t, err)
	return ""
}
