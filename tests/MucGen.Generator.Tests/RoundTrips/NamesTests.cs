using System.Text;
using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Generator.Tests.RoundTrips;

/// <summary>The name table and the catalogue, over everything that the schemas define.</summary>
public sealed class NamesTests
{
    [Fact]
    public void Every_element_is_found_by_its_name_under_the_key_of_the_run_time()
    {
        Assert.True(ProtocolCatalogue.Elements.Count > 100);
        Assert.All(ProtocolCatalogue.Elements, element =>
        {
            var names = ProtocolNames.Instance;
            var local = Encoding.UTF8.GetBytes(element.Name);
            var ns = Encoding.UTF8.GetBytes(element.Namespace);
            Assert.Equal(element.Key, names.FindElement(names.FindNamespace(ns), local));
            Assert.Equal(element.Key, ElementKeys.Of(ns, local));
            Assert.Equal((uint)element.Key, ElementKeyHash.Of(element.Namespace, element.Name));
        });
        Assert.Equal(ProtocolCatalogue.Elements.Count, ProtocolCatalogue.Elements.Select(element => element.Key).Distinct().Count());
    }

    [Theory]
    [InlineData("jabber:server")]
    [InlineData("jabber:component:accept")]
    public void Content_namespaces_are_one(string ns)
    {
        var names = ProtocolNames.Instance;

        Assert.Equal(MessageView.Key, names.FindElement(names.FindNamespace(Encoding.UTF8.GetBytes(ns)), "message"u8));
    }

    [Theory]
    [InlineData("http://jabber.org/protocol/muc#users", "item")]
    [InlineData("http://jabber.org/protocol/muc#user", "itex")]
    [InlineData("http://jabber.org/protocol/muc#user", "")]
    [InlineData("", "item")]
    public void What_is_not_there_is_not_found(string ns, string local)
    {
        var names = ProtocolNames.Instance;

        Assert.Equal(ElementKey.None, names.FindElement(names.FindNamespace(Encoding.UTF8.GetBytes(ns)), Encoding.UTF8.GetBytes(local)));
    }

    [Fact]
    public void Specifications_are_listed() =>
        Assert.Contains(ProtocolCatalogue.Specifications, specification => specification is { Id: "XEP-0045", Version: not "" });
}
