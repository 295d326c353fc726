using System.Net;
using System.Reflection;

namespace Httpx.Tests.Messages;

public sealed class CodesTests
{
    [Theory]
    [InlineData(Codes.Continue, 100, "Continue")]
    [InlineData(Codes.EarlyHints, 103, "Early Hints")]
    [InlineData(Codes.OK, 200, "OK")]
    [InlineData(Codes.NonAuthoritativeInformation, 203, "Non-Authoritative Information")]
    [InlineData(Codes.IMUsed, 226, "IM Used")]
    [InlineData(Codes.PermanentRedirect, 308, "Permanent Redirect")]
    [InlineData(Codes.NotFound, 404, "Not Found")]
    [InlineData(Codes.RequestUriTooLong, 414, "Request-URI Too Long")]
    [InlineData(Codes.ImATeapot, 418, "I'm a teapot")]
    [InlineData(Codes.MisdirectedRequest, 421, "Misdirected Request")]
    [InlineData(Codes.TooEarly, 425, "Too Early")]
    [InlineData(Codes.UnavailableForLegalReasons, 451, "Unavailable For Legal Reasons")]
    [InlineData(Codes.NetworkAuthenticationRequired, 511, "Network Authentication Required")]
    public void A_code_has_its_number_and_its_phrase(int code, int number, string phrase)
    {
        code.ShouldBe(number);
        Codes.GetReasonPhrase(code).ShouldBe(phrase);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(299)]
    [InlineData(306)]
    [InlineData(600)]
    [InlineData(-1)]
    public void A_number_without_a_name_has_no_phrase(int number) => Codes.GetReasonPhrase(number).ShouldBe("");

    [Fact]
    public void Every_name_has_a_number_of_its_own_and_a_phrase()
    {
        var codes = typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(f => f.Name, f => (int)f.GetRawConstantValue()!);
        codes.Count.ShouldBe(62);
        codes.Values.Distinct().Count().ShouldBe(codes.Count);
        codes.Values.ShouldAllBe(code => Codes.GetReasonPhrase(code).Length > 0);
    }

    [Fact]
    public void The_numbers_are_those_of_the_platform_where_it_has_the_name()
    {
        foreach (var field in typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (Enum.TryParse<HttpStatusCode>(field.Name, out var status))
            {
                field.GetRawConstantValue().ShouldBe((int)status, field.Name);
            }
        }
    }

    [Fact]
    public void The_classes_are_the_hundreds()
    {
        for (var code = 0; code < 700; code++)
        {
            Codes.IsInformational(code).ShouldBe(code / 100 == 1);
            Codes.IsSuccess(code).ShouldBe(code / 100 == 2);
            Codes.IsRedirect(code).ShouldBe(code / 100 == 3);
            Codes.IsClientError(code).ShouldBe(code / 100 == 4);
            Codes.IsServerError(code).ShouldBe(code / 100 == 5);
            Codes.IsError(code).ShouldBe(code / 100 is 4 or 5);
        }
    }
}
