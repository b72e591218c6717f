using MucGen.Requirements.Citing;
using Xunit;

namespace MucGen.Rooms.Tests.Requirements;

public sealed class CodeCitationsTests
{
    // The ids are put together so that the collector does not take this file's data for citations.
    private const string First = "muc-" + "7.2.1-01";
    private const string Second = "CI-" + "6120-57";
    private const string Third = "roominfo/" + "muc#roominfo_lang";

    [Theory]
    [InlineData("x(); // " + First + ": why, " + Second, First, Second)]
    [InlineData("/// (" + First + ")", First)]
    [InlineData("[Fact, Proves(\"" + First + "\",\n    \"" + Third + "\")]", First, Third)]
    [InlineData("[Proves(\"" + First + "\")]", First)]
    [InlineData("[InlineData(\"a b\", \"" + First + "\")]\n[InlineData(1, \"" + Second + "\", true)]", First, Second)]
    [InlineData("[InlineData(1, null)] // " + First, First)]
    public void Comments_and_attributes_cite(string source, params string[] ids) =>
        Assert.Equal(ids, CodeCitations.In("a.cs", source).Select(citation => citation.Id));

    [Theory]
    [InlineData("var id = \"" + First + "\";")]
    [InlineData("var uri = \"http://example.org/" + Second + "\";")]
    [InlineData("// http://jabber.org/" + Third)]
    [InlineData("// a-" + First)]
    [InlineData("[InlineData(\"<a id='" + First + "'/>\")]")]
    public void Strings_and_addresses_do_not(string source) => Assert.Empty(CodeCitations.In("a.cs", source));

    [Fact]
    public void A_citation_has_its_line() =>
        Assert.Equal(["a.cs:3"], CodeCitations.In("a.cs", "one();\ntwo();\n// " + First).Select(citation => citation.Place));

    [Fact]
    public void A_table_is_cited_with_its_exceptions() =>
        Assert.Equal(
            [("xep", "told.tsv", "a.cs:1"), ("other", null, "a.cs:2")],
            CodeCitations.TablesIn("a.cs", "[ProvesRowsOf(\"xep\", Except = \"told.tsv\")]\n[ProvesRowsOf(\"other\")]"));
}
