/**
 * One program for each official client, as short as it can be: it calls ModifySAGAdminPassword with every time limit at
 * the client's own default (a Node.js one can be given another in `TIMEOUT`), and prints the code of the error, or what it was instead.
 */
export const popCore = `
const { RPCClient } = require('@alicloud/pop-core')
const { ENDPOINT, KEY_ID, KEY_SECRET, SAG_ID, SAG_SN, TIMEOUT } = process.env
const client = new RPCClient({
  endpoint: 'http://' + ENDPOINT, accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET, apiVersion: '2018-03-13',
})
const params = { RegionId: 'cn-shanghai', SmartAGId: SAG_ID, SmartAGSn: SAG_SN, Password: 'Never_held1' }
const options = { method: 'POST', ...(TIMEOUT === undefined ? {} : { timeout: Number(TIMEOUT) }) }
client.request('ModifySAGAdminPassword', params, options)
  .then(() => console.log('success'), (error) => console.log(error.code ?? error.name))
`

/** Both generations of the Tea client have the same members. */
export function nodeTea(name: string, utilities: string): string {
  return `
const { default: Client, ...core } = require('${name}')
const { Config, OpenApiRequest, Params } = ${utilities}
const { ENDPOINT, KEY_ID, KEY_SECRET, SAG_ID, SAG_SN, TIMEOUT } = process.env
const client = new Client(new Config({
  endpoint: ENDPOINT, protocol: 'http', regionId: 'cn-shanghai', accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET,
}))
const params = new Params({
  action: 'ModifySAGAdminPassword', version: '2018-03-13', protocol: 'http', pathname: '/', method: 'POST',
  authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
})
const body = { RegionId: 'cn-shanghai', SmartAGId: SAG_ID, SmartAGSn: SAG_SN, Password: 'Never_held1' }
// The one for connecting ends a silent call too.
const limit = Number(TIMEOUT)
const runtime = TIMEOUT === undefined ? {} : { readTimeout: limit, connectTimeout: limit }
client.callApi(params, new OpenApiRequest({ body }), runtime)
  .then(() => console.log('success'), (error) => console.log(error.code ?? error.name))
`
}

export const pythonV1 = `
import os
from aliyunsdkcore.acs_exception.exceptions import ClientException, ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

env = os.environ
client = AcsClient(env["KEY_ID"], env["KEY_SECRET"], "cn-shanghai")
request = CommonRequest()
request.set_accept_format("json")
request.set_method("POST")
request.set_protocol_type("http")
request.set_domain(env["ENDPOINT"])
request.set_version("2018-03-13")
request.set_action_name("ModifySAGAdminPassword")
for name, value in {"SmartAGId": env["SAG_ID"], "SmartAGSn": env["SAG_SN"], "Password": "Never_held1"}.items():
    request.add_body_params(name, value)
try:
    client.do_action_with_exception(request)
    print("success")
except (ServerException, ClientException) as error:
    print(error.get_error_code())
`

export const pythonTea = `
import os
from alibabacloud_tea_openapi.client import Client
from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params
from darabonba.exceptions import DaraException
from darabonba.runtime import RuntimeOptions

env = os.environ
client = Client(Config(
    access_key_id=env["KEY_ID"], access_key_secret=env["KEY_SECRET"], region_id="cn-shanghai",
    endpoint=env["ENDPOINT"], protocol="http",
))
params = Params(
    action="ModifySAGAdminPassword", version="2018-03-13", protocol="http", pathname="/", method="POST",
    auth_type="AK", style="RPC", req_body_type="formData", body_type="json",
)
body = {"RegionId": "cn-shanghai", "SmartAGId": env["SAG_ID"], "SmartAGSn": env["SAG_SN"], "Password": "Never_held1"}
try:
    client.call_api(params, OpenApiRequest(body=body), RuntimeOptions())
    print("success")
except DaraException as error:
    print(error.code)
except Exception as error:
    print(type(error).__name__)
`

export const goV1 = `package main

import (
	"fmt"
	"os"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
)

func main() {
	client, err := sdk.NewClientWithAccessKey("cn-shanghai", os.Getenv("KEY_ID"), os.Getenv("KEY_SECRET"))
	if err != nil {
		panic(err)
	}
	request := requests.NewCommonRequest()
	request.Method = requests.POST
	request.Scheme = requests.HTTP
	request.Domain = os.Getenv("ENDPOINT")
	request.Version = "2018-03-13"
	request.ApiName = "ModifySAGAdminPassword"
	request.FormParams["SmartAGId"] = os.Getenv("SAG_ID")
	request.FormParams["SmartAGSn"] = os.Getenv("SAG_SN")
	request.FormParams["Password"] = "Never_held1"
	_, err = client.ProcessCommonRequest(request)
	if known, is := err.(errors.Error); is {
		fmt.Println(known.ErrorCode())
	} else {
		fmt.Println(err)
	}
}
`

export const goTea = `package main

import (
	"fmt"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
	client, err := openapi.NewClient(&openapi.Config{
		AccessKeyId:     tea.String(os.Getenv("KEY_ID")),
		AccessKeySecret: tea.String(os.Getenv("KEY_SECRET")),
		RegionId:        tea.String("cn-shanghai"),
		Endpoint:        tea.String(os.Getenv("ENDPOINT")),
		Protocol:        tea.String("http"),
	})
	if err != nil {
		panic(err)
	}
	params := &openapi.Params{
		Action: tea.String("ModifySAGAdminPassword"), Version: tea.String("2018-03-13"), Protocol: tea.String("http"),
		Pathname: tea.String("/"), Method: tea.String("POST"), AuthType: tea.String("AK"), Style: tea.String("RPC"),
		ReqBodyType: tea.String("formData"), BodyType: tea.String("json"),
	}
	body := map[string]interface{}{
		"RegionId": "cn-shanghai", "SmartAGId": os.Getenv("SAG_ID"), "SmartAGSn": os.Getenv("SAG_SN"),
		"Password": "Never_held1",
	}
	_, err = client.CallApi(params, &openapi.OpenApiRequest{Body: body}, &dara.RuntimeOptions{})
	if known, is := err.(interface{ GetCode() *string }); is {
		fmt.Println(tea.StringValue(known.GetCode()))
	} else if known, is := err.(*tea.SDKError); is {
		fmt.Println(tea.StringValue(known.Code))
	} else {
		fmt.Println(err)
	}
}
`

export const javaV1 = `import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;

public class JavaV1 {
    public static void main(String[] args) {
        var profile = DefaultProfile.getProfile("cn-shanghai", System.getenv("KEY_ID"), System.getenv("KEY_SECRET"));
        CommonRequest request = new CommonRequest();
        request.setSysMethod(MethodType.POST);
        request.setSysProtocol(ProtocolType.HTTP);
        request.setSysDomain(System.getenv("ENDPOINT"));
        request.setSysVersion("2018-03-13");
        request.setSysAction("ModifySAGAdminPassword");
        request.putBodyParameter("SmartAGId", System.getenv("SAG_ID"));
        request.putBodyParameter("SmartAGSn", System.getenv("SAG_SN"));
        request.putBodyParameter("Password", "Never_held1");
        try {
            new DefaultAcsClient(profile).getCommonResponse(request);
            System.out.println("success");
        } catch (ClientException error) {
            System.out.println(error.getErrCode());
        }
    }
}
`

export const javaTea = `import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.util.HashMap;
import java.util.Map;

public class JavaTea {
    public static void main(String[] args) throws Exception {
        Client client = new Client(new Config()
            .setAccessKeyId(System.getenv("KEY_ID"))
            .setAccessKeySecret(System.getenv("KEY_SECRET"))
            .setRegionId("cn-shanghai")
            .setEndpoint(System.getenv("ENDPOINT"))
            .setProtocol("http"));
        Params params = new Params()
            .setAction("ModifySAGAdminPassword").setVersion("2018-03-13").setProtocol("http").setPathname("/")
            .setMethod("POST").setAuthType("AK").setStyle("RPC").setReqBodyType("formData").setBodyType("json");
        Map<String, Object> body = new HashMap<>();
        body.put("RegionId", "cn-shanghai");
        body.put("SmartAGId", System.getenv("SAG_ID"));
        body.put("SmartAGSn", System.getenv("SAG_SN"));
        body.put("Password", "Never_held1");
        try {
            client.callApi(params, new OpenApiRequest().setBody(body), new RuntimeOptions());
            System.out.println("success");
        } catch (TeaException error) {
            System.out.println(error.getCode());
        } catch (Exception error) {
            System.out.println(error.getClass().getSimpleName());
        }
    }
}
`

export const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>clients</groupId>
  <artifactId>clients</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.aliyun</groupId>
      <artifactId>aliyun-java-sdk-core</artifactId>
      <version>4.7.10</version>
    </dependency>
    <dependency>
      <groupId>com.aliyun</groupId>
      <artifactId>tea-openapi</artifactId>
      <version>0.3.15</version>
    </dependency>
  </dependencies>
</project>
`
