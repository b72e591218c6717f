using System.Diagnostics;
using MucGen.Fuzz;

namespace MucGen.Xml.Tests;

public class DifferentialTests
{
    private const int FixedCases = 6_000;

    /// <summary>Inputs that the fuzzer found something with, each with what was wrong.</summary>
    public static TheoryData<string> Found =>
    [
        // A copied element with prefixed declarations got a second default namespace.
        "<_n xmlns='http://jabber.org/protocol/muc#user'><b>]<b xmlns='urn:a&amp;b' xmlns:p2 =\"urn:x\"/></b></_n>",
        "<message><item>&#10;<stream:body xmlns:stanza-id=\"]]\" /></item></message>",

        // A carriage return at the end of a run and a line feed at the start of the next were joined to one line end.
        "<_n>\r<![CDATA[\r\n<&>]]></_n>",
        "<b>\r<body/><![CDATA[\n<&>]]></b>",
    ];

    [Fact]
    public void A_fixed_set_of_cases_holds()
    {
        var cases = new XmlCases(seed: 2);
        for (var number = 0; number < FixedCases; number++)
            Assert.Null(XmlTarget.Check(cases.Make(number), new Random(number)));
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void What_was_found_holds(string frame)
    {
        for (var seed = 0; seed < 20; seed++)
            Assert.Null(XmlTarget.Check(Corpus.Utf8(frame), new Random(seed)));
    }

    // The set must try both sides: a generator that only makes garbage, or none, proves nothing.
    [Fact]
    public void The_fixed_set_has_good_and_bad_cases()
    {
        var cases = new XmlCases(seed: 2);
        var accepted = Enumerable.Range(0, FixedCases).Count(number => Infoset.OfXmlReader(cases.Make(number), out _) is not null);
        Assert.InRange(accepted, FixedCases / 5, FixedCases * 4 / 5);
    }

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public async Task Results_do_not_depend_on_the_instruction_set(string variable)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [variable] = "0" },
        };
        foreach (var argument in new[] { typeof(XmlCases).Assembly.Location, "xml", "--digest", "--seed", "2", "--cases", "2000" })
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var digest = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.Equal(XmlDigest.Of(seed: 2, cases: 2000), digest.Trim());
    }
}
