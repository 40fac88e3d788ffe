import type { Explanations } from '../explanation.ts'

export const request = {
  RequestBodyTooLarge: {
    en: ['The body is larger than the server reads.', 'Send fewer or shorter parameters.'],
    zh: ['请求体超过大小上限。', '减少或缩短参数。'],
  },
  RequestHeaderTooLarge: {
    en: ['Request line and headers together are too large.', 'Send the parameters in the body, by POST.'],
    zh: ['请求行与请求头总长度超过上限。', '改用 POST，将参数放入请求体。'],
  },
  RequestQueryTooLong: {
    en: ['The query string is too long.', 'Send the parameters in the body, by POST.'],
    zh: ['查询字符串过长。', '改用 POST，将参数放入请求体。'],
  },
  RequestTimeout: {
    en: ['The request did not arrive whole in time.', 'Send it again; check the network in between.'],
    zh: ['未在规定时间内收到完整请求。', '重新发送，并检查网络。'],
  },
} as const satisfies Explanations<'Request'>
